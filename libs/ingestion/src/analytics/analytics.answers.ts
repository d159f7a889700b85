import { ANALYTICS_ANSWER_EXAMPLE } from '#libs/contracts';
import type { EndpointOptions } from '#libs/platform';

const TRACKED = { type: 'boolean' } as const;

/** Always 202: whether it was tracked stands in the body. */
export const ANALYTICS_ANSWERS: EndpointOptions<unknown>['answers'] = {
  kept: {
    status: 202,
    body: ({ eventId }) => ({ tracked: true, eventId }),
    example: ANALYTICS_ANSWER_EXAMPLE,
    schema: {
      type: 'object',
      required: ['tracked', 'eventId'],
      properties: {
        tracked: { ...TRACKED, enum: [true] },
        eventId: { type: 'string', format: 'uuid' },
      },
    },
  },
  skipped: {
    status: 202,
    body: () => ({ tracked: false, reason: 'dnt' }),
    schema: {
      type: 'object',
      required: ['tracked', 'reason'],
      properties: {
        tracked: { ...TRACKED, enum: [false] },
        reason: { type: 'string', enum: ['dnt'] },
      },
    },
  },
  lost: {
    status: 202,
    body: () => ({ tracked: false, eventId: null }),
    schema: {
      type: 'object',
      required: ['tracked', 'eventId'],
      properties: {
        tracked: { ...TRACKED, enum: [false] },
        eventId: { type: 'string', nullable: true, enum: [null] },
      },
    },
  },
};
