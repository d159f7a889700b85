import type { Breach, Check } from '#libs/platform';
import type { OpenAPIObject } from '@nestjs/swagger';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { breachesOf } from './breaches.js';
import { normaliseKeyword } from './normalise.keyword.js';

/** What the check reads of a contract's published schema beside compiling it. */
interface ContractSchema {
  readonly properties?: Readonly<Record<string, { readonly not?: object }>>;
  readonly required?: readonly string[];
}

const NONE: readonly Breach[] = [];
const NO_FIELDS: readonly string[] = [];
const NOT_AN_OBJECT: readonly Breach[] = [{ field: 'body', reason: 'must be a JSON object' }];

/**
 * Compiles the check of each contract from the published document itself, once, at boot.
 *
 * A check normalises in place, drops what the contract does not know and reports at most one
 * breach a field. It never throws: a bad event is a value, not an error. A body that breaks the
 * contract keeps its unknown fields, for those who ask what was sent.
 */
export function compileChecks(document: OpenAPIObject): (dto: { readonly name: string }) => Check {
  const strictness = { strict: true, strictTypes: false, strictRequired: false } as const;
  const ajv = new Ajv({ allErrors: true, ownProperties: true, discriminator: true, ...strictness });
  formats.default(ajv);
  ajv.addVocabulary(['components', 'example', 'x-enumNames']);
  ajv.addKeyword(normaliseKeyword);
  ajv.addSchema({ $id: 'openapi', components: document.components });

  return ({ name }) => {
    const validate = ajv.compile({ $ref: `openapi#/components/schemas/${name}` });
    const schema = document.components?.schemas?.[name] as ContractSchema | undefined;
    if (!schema?.properties) throw new Error(`${name} is not published as an object schema`);
    const known = new Set(Object.keys(schema.properties));
    const optional = optionalFieldsOf(schema);
    return (body) => {
      if (!isObject(body)) return { breaches: NOT_AN_OBJECT, unknownFields: 0 };
      dropNulls(body, optional);
      const unknown = unknownFieldsOf(body, known);
      const breaches = validate(body) ? NONE : breachesOf(validate.errors ?? [], body);
      if (breaches.length === 0) drop(body, unknown);
      return { breaches, unknownFields: unknown.length };
    };
  };
}

/** Forbidden fields are not optional ones: null breaks them too. */
const optionalFieldsOf = ({ properties = {}, required = [] }: ContractSchema): string[] =>
  Object.keys(properties).filter((field) => !required.includes(field) && !properties[field]?.not);

function dropNulls(body: Body, optional: readonly string[]): void {
  for (const field of optional) if (body[field] === null) Reflect.deleteProperty(body, field);
}

/** Own fields only; `__proto__` of a parsed body is one. */
function unknownFieldsOf(body: Body, known: ReadonlySet<string>): readonly string[] {
  let unknown: string[] | undefined;
  for (const field of Object.keys(body)) if (!known.has(field)) (unknown ??= []).push(field);
  return unknown ?? NO_FIELDS;
}

function drop(body: Body, fields: readonly string[]): void {
  for (const field of fields) Reflect.deleteProperty(body, field);
}

type Body = Record<string, unknown>;

const isObject = (body: unknown): body is Body =>
  typeof body === 'object' && body !== null && !Array.isArray(body);
