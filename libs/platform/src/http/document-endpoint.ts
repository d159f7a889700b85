import { ApiBody, ApiExtraModels, ApiOperation, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import type { EndpointOptions } from './endpoint-options.js';
import type { Answer } from './outcome.js';

type Headers = Readonly<Record<string, { readonly description: string; readonly schema: object }>>;

/** The body of every refusal. */
export const BREACHES_SCHEMA = {
  type: 'object',
  required: ['breaches'],
  properties: {
    breaches: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'reason'],
        properties: {
          field: { type: 'string', description: '`body` where it is the whole.' },
          reason: { type: 'string' },
        },
      },
    },
  },
};

const RETRY_AFTER: Headers = {
  'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1 } },
};

/** A documented answer: `status` apart, as OpenAPI has it. */
export interface DocumentedAnswer {
  readonly status: number;
  readonly description: string;
  readonly schema?: object;
  readonly example?: unknown;
  readonly headers?: Headers;
}

/** The Swagger decorators of a declared door: all that it may answer, and nothing else. */
export function documentEndpoint(options: EndpointOptions<unknown>): MethodDecorator[] {
  const { summary, description, contract, examples } = options;
  return [
    ApiExtraModels(contract),
    ApiOperation({ summary, description, security: securityOf(options) }),
    ApiBody({
      required: true,
      schema: { $ref: getSchemaPath(contract) },
      ...(examples && { examples: { ...examples } }),
    }),
    ...answersOf(options).map(({ schema, example, ...answer }) =>
      ApiResponse({ ...answer, ...(schema && { content: jsonOf(schema, example) }) }),
    ),
  ];
}

/** Where a declared answer has the status of a refusal, it is the one that is shown. */
function answersOf(options: EndpointOptions<unknown>): DocumentedAnswer[] {
  const outcomes = outcomesOf(options);
  const told = new Set(outcomes.map(({ status }) => status));
  const refusals = refusalsOf(options, options.bodyLimit);
  return [...outcomes, ...refusals.filter(({ status }) => !told.has(status))];
}

export const jsonOf = (schema: object, example?: unknown) => ({
  'application/json': { schema, ...(example !== undefined && { example }) },
});

/** Where it may come without credentials, `{}` says so. */
export const securityOf = ({
  caller,
  trustsNetworks,
}: EndpointOptions<unknown>): Record<string, string[]>[] => {
  if (caller === 'none') return [];
  return caller === 'optional' || trustsNetworks ? [{}, { bearer: [] }] : [{ bearer: [] }];
};

/** Outcomes that share a status share its entry. */
function outcomesOf({ answers }: EndpointOptions<unknown>): DocumentedAnswer[] {
  const told: [Answer, string][] = [];
  const tell = (answer: Answer | undefined, words: string): void => {
    if (answer) told.push([answer, answer.description ?? words]);
  };
  tell(answers.kept, 'Kept: it survives a crash.');
  tell(answers.skipped, 'Not kept: a privacy signal asks for that.');
  tell(answers.lost, 'Not kept: our fault.');
  const statuses = [...new Set(told.map(([{ status }]) => status))];
  return statuses.map((status) => together(told.filter(([answer]) => answer.status === status)));
}

function together(told: readonly (readonly [Answer, string])[]): DocumentedAnswer {
  const answers = told.map(([answer]) => answer);
  const bodies = answers.flatMap(({ schema }) => (schema ? [schema] : []));
  const headers = answers.flatMap((answer) => Object.entries(answer.headers ?? {}));
  const schema = bodies.length > 1 ? { oneOf: bodies } : bodies[0];
  const example = answers.find((answer) => answer.example !== undefined)?.example;
  return {
    status: answers[0]!.status,
    description: told.map(([, description]) => description).join(' '),
    ...(schema && { schema }),
    ...(example !== undefined && { example }),
    ...(headers.length > 0 && { headers: Object.fromEntries(headers.map(documentedHeader)) }),
  };
}

/** By its value, unless that says less than what it is. */
const documentedHeader = ([name, value]: [string, string]) =>
  [name, RETRY_AFTER[name] ?? { description: `\`${value}\``, schema: { type: 'string' } }] as const;

const NEEDLESS = ' From networks that the operator trusts none are needed.';

/** A refusal that names what is wrong, as the door words it. */
const refusal = (
  status: number,
  description: string,
  field: string,
  reason: string,
): DocumentedAnswer => ({
  status,
  description,
  schema: BREACHES_SCHEMA,
  example: { breaches: [{ field, reason }] },
});

const BROKEN_EVENT = {
  description: 'It breaks the contract, and will as often as it is sent.',
  breach: { field: 'body', reason: 'must be a JSON object' },
};

/** What the declaration makes possible to refuse. */
export function refusalsOf(
  { caller, scope, trustsNetworks, rateLimit }: EndpointOptions<unknown>,
  limit: number,
  broken = BROKEN_EVENT,
): DocumentedAnswer[] {
  const untyped = 'Not `application/json` in UTF-8, plain or gzip.';
  const refusals: DocumentedAnswer[] = [
    refusal(400, broken.description, broken.breach.field, broken.breach.reason),
    { status: 408, description: 'The request came too slowly. Send it again.' },
    refusal(413, `Larger than ${limit} bytes.`, 'body', `is larger than ${limit} bytes`),
    refusal(415, untyped, 'content-type', 'is not application/json in UTF-8'),
  ];
  if (caller !== 'none') {
    const invalid = `The credentials are not valid.${trustsNetworks ? NEEDLESS : ''}`;
    refusals.push(refusal(401, invalid, 'authorization', 'is not valid'));
    if (caller === 'required' && scope) {
      const lacking = `The scope \`${scope}\` is missing.`;
      refusals.push(refusal(403, lacking, 'authorization', 'does not allow this'));
    }
    const description = 'Credentials cannot be judged now. Send it again.';
    const example = { breaches: [] };
    const schema = BREACHES_SCHEMA;
    refusals.push({ status: 503, description, schema, example, headers: RETRY_AFTER });
  }
  const often = tooOften(caller !== 'none', rateLimit !== undefined);
  return often ? [...refusals, { ...often, headers: RETRY_AFTER }] : refusals;
}

const WRONG_OFTEN = 'Wrong credentials, too often from one address.';

function tooOften(hasLogins: boolean, isLimited: boolean): DocumentedAnswer | null {
  const alsoWrong = hasLogins ? ` Or: ${WRONG_OFTEN.toLowerCase()}` : '';
  const events = `Too many events. Send it again later.${alsoWrong}`;
  if (isLimited) return refusal(429, events, 'body', 'comes too soon');
  if (!hasLogins) return null;
  return refusal(429, WRONG_OFTEN, 'authorization', 'is not valid, and comes too often');
}
