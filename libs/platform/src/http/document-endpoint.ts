import { ApiBody, ApiExtraModels, ApiOperation, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import type { EndpointOptions } from './endpoint-options.js';
import type { Answer } from './outcome.js';

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
          field: { type: 'string', example: 'offerId' },
          reason: { type: 'string', example: 'no such offer' },
        },
      },
    },
  },
};

/** A documented answer: `status` apart, as OpenAPI has it. */
export interface DocumentedAnswer {
  readonly status: number;
  readonly description: string;
  readonly schema?: object;
  readonly headers?: Readonly<Record<string, { description: string; schema: object }>>;
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
    ...answersOf(options).map(({ schema, ...answer }) =>
      ApiResponse({ ...answer, ...(schema && { content: jsonOf(schema) }) }),
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
  const told: [Answer, string][] = [[answers.kept, 'Kept: it survives a crash.']];
  if (answers.skipped) told.push([answers.skipped, 'Not kept: a privacy signal asks for that.']);
  told.push([answers.lost, 'Not kept: our fault.']);
  const statuses = [...new Set(told.map(([{ status }]) => status))];
  return statuses.map((status) => together(told.filter(([answer]) => answer.status === status)));
}

function together(told: readonly (readonly [Answer, string])[]): DocumentedAnswer {
  const answers = told.map(([answer]) => answer);
  const bodies = answers.flatMap(({ schema }) => (schema ? [schema] : []));
  const headers = answers.flatMap((answer) => Object.entries(answer.headers ?? {}));
  const schema = bodies.length > 1 ? { oneOf: bodies } : bodies[0];
  return {
    status: answers[0]!.status,
    description: told.map(([, description]) => description).join(' '),
    ...(schema && { schema }),
    ...(headers.length > 0 && { headers: Object.fromEntries(headers.map(documentedHeader)) }),
  };
}

const documentedHeader = ([name, value]: [string, string]) =>
  [name, { description: `\`${value}\``, schema: { type: 'string' } }] as const;

const NEEDLESS = ' From networks that the operator trusts none are needed.';

const RETRY_AFTER = {
  'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1 } },
};

/** What the declaration makes possible to refuse. */
export function refusalsOf(
  { caller, scope, trustsNetworks, rateLimit }: EndpointOptions<unknown>,
  limit: number,
): DocumentedAnswer[] {
  const schema = BREACHES_SCHEMA;
  const refusals: DocumentedAnswer[] = [
    {
      status: 400,
      description: 'It breaks the contract, and will as often as it is sent.',
      schema,
    },
    { status: 413, description: `The body is larger than ${limit} bytes.`, schema },
    { status: 415, description: 'Not `application/json` in UTF-8, plain or gzip.', schema },
  ];
  if (caller !== 'none') {
    const missing = trustsNetworks ? NEEDLESS : '';
    const invalid = `The credentials are not valid.${missing}`;
    refusals.push({ status: 401, description: invalid, schema });
    if (caller === 'required' && scope) {
      refusals.push({ status: 403, description: `The scope \`${scope}\` is missing.`, schema });
    }
    const description = 'Credentials cannot be judged now. Send it again.';
    refusals.push({ status: 503, description, schema, headers: RETRY_AFTER });
  }
  if (rateLimit) {
    const description = 'Too many events. Send it again later.';
    refusals.push({ status: 429, description, schema, headers: RETRY_AFTER });
  }
  return refusals;
}
