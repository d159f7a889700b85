import { jsonOf } from '../http/document-endpoint.js';

const STATE = {
  type: 'object',
  required: ['status'],
  properties: {
    status: { type: 'string', enum: ['up', 'degraded', 'down'] },
    reason: { type: 'string', description: 'What ails, where something does.' },
  },
};

const HEALTH = {
  type: 'object',
  required: ['status', 'info', 'error', 'details'],
  properties: {
    status: { type: 'string', enum: ['ok', 'degraded', 'error'] },
    info: { type: 'object', additionalProperties: STATE },
    error: { type: 'object', additionalProperties: STATE },
    details: { type: 'object', additionalProperties: STATE },
  },
};

const UP = { status: 'up' };
const DATABASE = { status: 'degraded', reason: 'away since 12:00:00' };
const LOG = { status: 'down', reason: 'less than 256 MiB are free' };

/** What `/livez` answers, for the published document. */
export const ALIVE = {
  status: 200,
  description: 'It answers, so it lives.',
  content: jsonOf(
    {
      type: 'object',
      required: ['status'],
      properties: { status: { type: 'string', enum: ['ok'] } },
    },
    { status: 'ok' },
  ),
};

/** What `/readyz` answers, for the published document. */
export const READY = {
  status: 200,
  description: 'Ready. What is `degraded` ails, and senders do not notice it.',
  content: jsonOf(HEALTH, {
    status: 'degraded',
    info: { eventLog: UP, database: DATABASE },
    error: {},
    details: { eventLog: UP, database: DATABASE },
  }),
};

export const NOT_READY = {
  status: 503,
  description: 'Not ready; `error` names why.',
  content: jsonOf(HEALTH, {
    status: 'error',
    info: { database: UP },
    error: { eventLog: LOG },
    details: { database: UP, eventLog: LOG },
  }),
};
