import type { TimeLimits } from '../time.keyword.js';
import type { ContractLock, LockedContract, LockedDoor, LockedField } from './contract-lock.js';

/** What is read of a published document. */
export interface PublishedDocument {
  readonly paths: Readonly<Record<string, object>>;
  readonly components?: { readonly schemas?: object };
}

interface Operation {
  readonly requestBody?: {
    readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
  };
  readonly responses?: Readonly<Record<string, unknown>>;
}

interface Schema extends Omit<
  LockedField,
  'rule' | 'normalise' | 'alias' | 'accepts' | 'requires' | 'lenient' | 'storable' | 'values'
> {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly not?: object;
  readonly enum?: readonly (string | number)[];
  readonly 'x-normalise'?: string;
  readonly 'x-alias'?: string;
  readonly 'x-accepts'?: string;
  readonly 'x-requires'?: string;
  readonly 'x-lenient'?: boolean;
  readonly 'x-storable'?: boolean;
  readonly 'x-time'?: TimeLimits;
}

type Schemas = Readonly<Record<string, Schema>>;
type Fields = Record<string, LockedField>;

/** What a document publishes for senders, in the words of the lock. */
export function lockOf(document: PublishedDocument): ContractLock {
  const doors = sorted(
    Object.entries(document.paths).flatMap(([path, item]) => doorsOf(path, item)),
  );
  const schemas = (document.components?.schemas ?? {}) as Schemas;
  const names = new Set(Object.values(doors).map(({ body }) => body.replace('[]', '')));
  const contracts = [...names].map((name) => [name, contractOf(name, schemas)] as const);
  return { doors, contracts: sorted(contracts) };
}

const METHODS = ['get', 'put', 'post', 'patch', 'delete'];

function doorsOf(path: string, item: object): [string, LockedDoor][] {
  const operations = Object.entries(item) as [string, Operation][];
  return operations.flatMap(([method, { requestBody, responses = {} }]) => {
    const schema = requestBody?.content?.['application/json']?.schema;
    if (!METHODS.includes(method) || !schema) return [];
    const answers = Object.keys(responses).filter((status) => status.startsWith('2'));
    return [[`${method.toUpperCase()} ${path}`, { body: bodyOf(schema), answers }]];
  });
}

const bodyOf = (schema: Schema): string =>
  schema.items ? `${nameOf(schema.items)}[]` : nameOf(schema);

const nameOf = ({ $ref = '', allOf }: Schema): string =>
  $ref.split('/').at(-1) || (allOf?.[0] ? nameOf(allOf[0]) : 'unnamed');

function contractOf(name: string, schemas: Schemas): LockedContract {
  const fields: Fields = {};
  const schema = schemas[name];
  if (schema) addFields(fields, '', schema, schemas, [name]);
  return { fields };
}

/** `above` are the named schemas around this one: one that holds itself is followed once. */
function addFields(
  fields: Fields,
  path: string,
  schema: Schema,
  schemas: Schemas,
  above: readonly string[],
): void {
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const rule = schema.required?.includes(name) ? 'required' : 'optional';
    addField(fields, `${path}${name}`, rule, property, schemas, above);
  }
  for (const variant of schema.oneOf ?? schema.anyOf ?? []) {
    if (!variant.$ref) continue;
    const name = nameOf(variant);
    if (above.includes(name)) continue;
    addFields(fields, `${path}(${name}).`, resolved(variant, schemas), schemas, [...above, name]);
  }
}

function addField(
  fields: Fields,
  path: string,
  rule: LockedField['rule'],
  property: Schema,
  schemas: Schemas,
  above: readonly string[],
): void {
  const schema = resolved(property, schemas);
  fields[path] = fieldOf(schema, rule);
  const name = nameOf(property);
  if (above.includes(name)) return;
  addFields(fields, `${path}.`, schema, schemas, [...above, name]);
  if (schema.items) addField(fields, `${path}[]`, 'optional', schema.items, schemas, above);
}

/** With what it refers to; its own words come first. */
function resolved(schema: Schema, schemas: Schemas): Schema {
  const { $ref, allOf = [], ...own } = schema;
  const parts = $ref
    ? [{ ...schemas[nameOf(schema)] }]
    : allOf.map((part) => resolved(part, schemas));
  return Object.assign({}, ...parts, own) as Schema;
}

const LIMITS = [
  'type',
  'format',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
] as const;

function fieldOf(schema: Schema, rule: LockedField['rule']): LockedField {
  if (schema.not) return { rule: 'forbidden' };
  const limits = LIMITS.flatMap((name) =>
    schema[name] === undefined ? [] : [[name, schema[name]]],
  );
  return {
    rule,
    ...(Object.fromEntries(limits) as object),
    ...(schema['x-normalise'] && { normalise: schema['x-normalise'] }),
    ...(schema['x-alias'] && { alias: schema['x-alias'] }),
    ...(schema['x-accepts'] && { accepts: schema['x-accepts'] }),
    ...(schema['x-requires'] && { requires: schema['x-requires'] }),
    ...(schema['x-lenient'] && { lenient: true }),
    ...(schema['x-storable'] && { storable: true }),
    ...schema['x-time'],
    ...(schema.enum && { values: schema.enum }),
  };
}

/** By name, so that a reordering of the code is no change of the record. */
const sorted = <Entry>(entries: readonly (readonly [string, Entry])[]): Record<string, Entry> =>
  Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
