import type { Breach } from '#libs/platform';
import type { ErrorObject } from 'ajv';
import { STORABLE } from './fields.js';

/** Of several errors of one field, the one that tells its sender most. */
const TELLING = ['not', 'required', 'enum', 'type'];

/** One breach a field, in plain English, without the value that was sent. */
export function breachesOf(errors: readonly ErrorObject[], body: object): Breach[] {
  const ofField = new Map<string, ErrorObject>();
  for (const error of errors) {
    const field = fieldOf(error);
    const other = ofField.get(field);
    if (!other || rank(error) < rank(other)) ofField.set(field, error);
  }
  return [...ofField].map(([field, error]) => ({ field, reason: reasonOf(error, field, body) }));
}

/** `attribution.utmSource`; the name of the missing field where one is required. */
const fieldOf = ({ instancePath, params }: ErrorObject): string => {
  const path = instancePath.split('/').slice(1);
  const { missingProperty } = params as { missingProperty?: string };
  return [...path, ...(missingProperty === undefined ? [] : [missingProperty])].join('.') || 'body';
};

const rank = ({ keyword }: ErrorObject): number =>
  TELLING.includes(keyword) ? TELLING.indexOf(keyword) : TELLING.length;

function reasonOf(error: ErrorObject, field: string, body: object): string {
  if (error.keyword === 'not') return 'must not be sent: the server resolves it';
  if (error.keyword === 'required' || isNull(body, field)) return 'is required';
  return REASONS[error.keyword]?.(error.params as Params) ?? error.message ?? 'is not allowed';
}

const isNull = (body: object, field: string): boolean =>
  (body as Record<string, unknown>)[field] === null;

/** What Ajv says of a failed keyword, as far as the reasons need it. */
interface Params {
  readonly type: string;
  readonly limit: number;
  readonly allowedValues: readonly string[];
  readonly pattern: string;
  readonly format: string;
}

const REASONS: Readonly<Record<string, (params: Params) => string>> = {
  type: ({ type }) => `must be ${TYPES[type] ?? type}`,
  enum: ({ allowedValues }) => `must be one of: ${allowedValues.join(', ')}`,
  minLength: ({ limit }) =>
    limit === 1 ? 'must not be empty' : `must be at least ${limit} characters`,
  maxLength: ({ limit }) => `must be at most ${limit} characters`,
  minimum: ({ limit }) => `must be at least ${limit}`,
  maximum: ({ limit }) => `must be at most ${limit}`,
  minItems: ({ limit }) => `must have at least ${limit} entries`,
  maxItems: ({ limit }) => `must have at most ${limit} entries`,
  format: ({ format }) => `must be a valid ${format}`,
  pattern: ({ pattern }) =>
    pattern === STORABLE
      ? 'must be well-formed text without NUL characters'
      : `must match ${pattern}`,
};

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
};
