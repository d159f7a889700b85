import type { Breach } from '#libs/platform';
import type { ErrorObject } from 'ajv';
import { STORABLE } from './fields.js';
import type { TimeLimits } from './time.keyword.js';

/** Of several errors of one field, the one that tells its sender most. */
const TELLING = ['not', 'required', 'enum', 'anyOf', 'type'];

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

/** `attribution.utmSource`; the name of the missing field where one is required, of a union its tag. */
const fieldOf = ({ instancePath, params }: ErrorObject): string => {
  const path = instancePath.split('/').slice(1);
  const { missingProperty, tag } = params as { missingProperty?: string; tag?: string };
  return [...path, missingProperty ?? tag ?? []].flat().join('.') || 'body';
};

const rank = ({ keyword }: ErrorObject): number =>
  TELLING.includes(keyword) ? TELLING.indexOf(keyword) : TELLING.length;

function reasonOf(error: ErrorObject, field: string, body: object): string {
  if (error.keyword === 'not') return 'must not be sent: the server resolves it';
  if (error.keyword === 'required' || isNull(body, field)) return 'is required';
  if (error.keyword === 'discriminator') return reasonOfTag(error);
  const accepts: unknown = error.parentSchema?.['x-accepts'];
  if (typeof accepts === 'string') return `must be ${accepts}`;
  const params = { ...error.params, schema: error.schema } as Params;
  return REASONS[error.keyword]?.(params) ?? error.message ?? 'is not allowed';
}

/** The variants' values, from the schema of the union. */
function reasonOfTag({ params, parentSchema }: ErrorObject): string {
  const { tagValue } = params as { tagValue?: unknown };
  if (tagValue === undefined || tagValue === null) return 'is required';
  const values = (parentSchema as { readonly 'x-tag-values'?: readonly string[] })['x-tag-values'];
  return values ? `must be one of: ${values.join(', ')}` : 'names no known variant';
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
  readonly schema: unknown;
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
  format: ({ format }) =>
    format === 'date-time' ? 'must be an ISO 8601 time with its zone' : `must be a valid ${format}`,
  'x-time': ({ schema }) => reasonOfTime(schema as TimeLimits),
  'x-requires': ({ schema }) => `needs ${String(schema)} beside it`,
  'x-storable': () => 'must hold neither NUL characters nor broken text nor endless numbers',
  pattern: ({ pattern }) =>
    pattern === STORABLE
      ? 'must be well-formed text without NUL characters'
      : `must match ${pattern}`,
};

const HOUR_MS = 3_600_000;

function reasonOfTime({ mostAhead, mostBehind }: TimeLimits): string {
  if (mostAhead === undefined || mostBehind === undefined) {
    return 'must be a time with its zone, in years that can be stored';
  }
  const days = Math.trunc(mostBehind / (24 * HOUR_MS));
  return `must be a time at most ${mostAhead / HOUR_MS} h ahead of now and ${days} days back`;
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
};
