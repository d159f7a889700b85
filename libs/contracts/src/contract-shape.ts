import type { Breach } from '#libs/platform';
import { changes } from './changes.js';

/** What is read of a published schema beside compiling it. */
interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly discriminator?: { readonly propertyName: string };
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly not?: object;
  readonly 'x-alias'?: string;
  readonly 'x-time'?: object;
}

export type Schemas = Readonly<Record<string, Schema>>;
export type Body = Record<string, unknown>;

const NO_BREACHES: readonly Breach[] = [];
const NO_FIELDS: readonly string[] = [];

/** The fields of a contract, for what a schema cannot say: it only judges. */
export class ContractShape {
  private readonly known: ReadonlySet<string>;
  /** Forbidden fields are not optional ones: null breaks them too. */
  private readonly optional: readonly string[];
  /** Optional times: empty text is absence too. */
  private readonly times: readonly string[];
  private readonly aliases: readonly (readonly [alias: string, field: string])[];
  private readonly nested: readonly (readonly [field: string, shape: ContractShape])[];

  constructor({ properties = {}, required = [] }: Schema, schemas: Schemas) {
    const fields = Object.entries(properties);
    this.known = new Set(Object.keys(properties));
    this.optional = fields.flatMap(([field, { not }]) =>
      required.includes(field) || not ? [] : [field],
    );
    this.times = this.optional.filter((field) => properties[field]?.['x-time'] !== undefined);
    this.aliases = fields.flatMap(([field, { 'x-alias': alias }]) =>
      alias === undefined ? [] : [[alias, field] as const],
    );
    this.nested = fields.flatMap(([field, property]) => {
      const schema = referred(property, schemas);
      return schema?.properties ? [[field, new ContractShape(schema, schemas)] as const] : [];
    });
  }

  /** Moves what came under another name to the field's own; a breach where both say different things. */
  takeAliases(body: Body): readonly Breach[] {
    if (this.aliases.length === 0) return NO_BREACHES;
    const breaches: Breach[] = [];
    for (const [alias, field] of this.aliases) {
      if (!Object.hasOwn(body, alias)) continue;
      const told = body[alias];
      remove(body, alias);
      if (told === null) continue;
      if (!Object.hasOwn(body, field) || body[field] === null) body[field] = told;
      else if (trimmed(body[field]) !== trimmed(told)) {
        breaches.push({ field: alias, reason: `differs from ${field}` });
      }
    }
    return breaches;
  }

  /** null for an optional field is absence. */
  dropNulls(body: Body): void {
    for (const field of this.optional) {
      if (body[field] === null) remove(body, field);
    }
    for (const field of this.times) {
      if (body[field] === '') remove(body, field);
    }
    for (const [field, shape] of this.nested) {
      const part = body[field];
      if (isObject(part)) shape.dropNulls(part);
    }
  }

  /** Own fields only; `__proto__` of a parsed body is one. */
  unknownFieldsOf(body: Body): readonly string[] {
    let unknown: string[] | undefined;
    for (const field of Object.keys(body)) {
      if (!this.known.has(field)) (unknown ??= []).push(field);
    }
    return unknown ?? NO_FIELDS;
  }
}

/**
 * Answers the shape of a body: of a union, the variant that its tag names; undefined where it names
 * none.
 *
 * @throws where `name` is published as neither an object nor a union of objects.
 */
export function shapesOf(
  name: string,
  schemas: Schemas,
): (body: Body) => ContractShape | undefined {
  const { properties, oneOf, discriminator } = schemas[name] ?? {};
  if (oneOf && discriminator) return variantsOf(oneOf, discriminator.propertyName, schemas);
  if (!properties) throw new Error(`${name} is not published as an object schema`);
  const shape = new ContractShape(schemas[name]!, schemas);
  return () => shape;
}

function variantsOf(
  variants: readonly Schema[],
  tag: string,
  schemas: Schemas,
): (body: Body) => ContractShape | undefined {
  const shapes = new Map<unknown, ContractShape>();
  for (const variant of variants) {
    const schema = referred(variant, schemas) ?? {};
    const shape = new ContractShape(schema, schemas);
    for (const value of schema.properties?.[tag]?.enum ?? []) shapes.set(value, shape);
  }
  return (body) => (Object.hasOwn(body, tag) ? shapes.get(body[tag]) : undefined);
}

/** Swagger wraps a reference that has words of its own. */
function referred({ $ref, allOf }: Schema, schemas: Schemas): Schema | undefined {
  const reference = $ref ?? allOf?.[0]?.$ref;
  return reference === undefined ? undefined : schemas[reference.split('/').at(-1)!];
}

function remove(body: Body, field: string): void {
  Reflect.deleteProperty(body, field);
  changes.made += 1;
}

const trimmed = (value: unknown): unknown => (typeof value === 'string' ? value.trim() : value);

export const isObject = (body: unknown): body is Body =>
  typeof body === 'object' && body !== null && !Array.isArray(body);
