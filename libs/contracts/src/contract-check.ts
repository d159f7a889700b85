import type { Breach, Check } from '#libs/platform';
import type { OpenAPIObject } from '@nestjs/swagger';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { breachesOf } from './breaches.js';
import { changes } from './changes.js';
import { type Body, isObject, type Schemas, shapesOf } from './contract-shape.js';
import { normaliseKeyword } from './normalise.keyword.js';
import { requiresKeyword } from './requires.keyword.js';
import { storableKeyword } from './storable.keyword.js';
import { timeKeyword } from './time.keyword.js';
import { withoutMappings } from './union.js';

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
  const ajv = newAjv();
  const schemas = withoutMappings(document.components?.schemas ?? {});
  ajv.addSchema({ $id: 'openapi', components: { schemas } });

  return ({ name }) => {
    const validate = ajv.compile({ $ref: `openapi#/components/schemas/${name}` });
    const shapeFor = shapesOf(name, schemas as Schemas);
    return (body) => {
      if (!isObject(body)) return { breaches: NOT_AN_OBJECT, unknownFields: 0, isAsSent: true };
      const before = changes.made;
      const shape = shapeFor(body);
      const clashes = shape?.takeAliases(body) ?? NONE;
      shape?.dropNulls(body);
      const unknown = shape?.unknownFieldsOf(body) ?? NO_FIELDS;
      const breaches = validate(body)
        ? clashes
        : [...clashes, ...breachesOf(validate.errors ?? [], body)];
      if (breaches.length === 0) drop(body, unknown);
      const isAsSent = changes.made === before && unknown.length === 0;
      return { breaches, unknownFields: unknown.length, isAsSent };
    };
  };
}

/** What is said to readers, or read by ourselves: it judges nothing. */
const DOCUMENTATION = [
  'components',
  'example',
  'x-accepts',
  'x-alias',
  'x-enumDescriptions',
  'x-enumNames',
  'x-known-values',
  'x-lenient',
  'x-tag-values',
];

const KEYWORDS = [normaliseKeyword, requiresKeyword, storableKeyword, timeKeyword];

function newAjv(): Ajv {
  const strictness = { strict: true, strictTypes: false, strictRequired: false } as const;
  // verbose: an error brings its schema, which says in words what it accepts.
  const reports = { allErrors: true, verbose: true };
  const ajv = new Ajv({ ...strictness, ...reports, ownProperties: true, discriminator: true });
  formats.default(ajv);
  ajv.addVocabulary(DOCUMENTATION);
  for (const keyword of KEYWORDS) ajv.addKeyword(keyword);
  return ajv;
}

function drop(body: Body, fields: readonly string[]): void {
  for (const field of fields) Reflect.deleteProperty(body, field);
}
