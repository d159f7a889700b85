import type { OpenAPIObject } from '@nestjs/swagger';
import { operationsOf } from './operations.js';

/** What is read of a published schema. */
interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly nullable?: boolean;
  readonly example?: unknown;
}

interface Media {
  readonly schema?: Schema;
  readonly examples?: object;
  example?: unknown;
}

interface Body {
  readonly content?: Readonly<Record<string, Media>>;
}

/** Gives every body that has none an example, put together from its fields' own examples. */
export function addSamples(document: OpenAPIObject): void {
  const schemas = (document.components?.schemas ?? {}) as Readonly<Record<string, Schema>>;
  for (const { operation } of operationsOf(document)) {
    const bodies = [operation.requestBody ?? {}, ...Object.values(operation.responses)] as Body[];
    for (const media of bodies.flatMap(({ content = {} }) => Object.values(content))) {
      if (media.schema && !media.examples) media.example ??= sampleOf(media.schema, schemas);
    }
  }
}

const BY_TYPE: Readonly<Record<string, unknown>> = { string: '…', boolean: false, object: {} };
const BY_FORMAT: Readonly<Record<string, string>> = {
  'date-time': '2026-01-31T12:00:00.000Z',
  date: '2026-01-31',
  uuid: '5f0c9a4e-3f5b-8d2a-9c1e-7b6a5d4c3b2a',
};

/** A value that fits a schema: its own example, else the first that its rules name. */
function sampleOf(schema: Schema, schemas: Readonly<Record<string, Schema>>): unknown {
  const {
    example,
    properties,
    items,
    nullable,
    format = '',
    type = '',
    minimum = 0,
    ...whole
  } = resolved(schema, schemas);
  if (example !== undefined) return example;
  if (whole.enum) return whole.enum[0];
  if (nullable) return null;
  if (items) return [sampleOf(items, schemas)];
  if (properties) {
    const fields = Object.entries(properties);
    return Object.fromEntries(fields.map(([name, field]) => [name, sampleOf(field, schemas)]));
  }
  if (type === 'integer' || type === 'number') return minimum;
  return BY_FORMAT[format] ?? BY_TYPE[type];
}

/** With what it refers to; its own words come first. */
function resolved(schema: Schema, schemas: Readonly<Record<string, Schema>>): Schema {
  const { $ref, allOf = [], ...own } = schema;
  const named = $ref === undefined ? undefined : schemas[$ref.split('/').at(-1) ?? ''];
  const parts = [...(named ? [named] : []), ...allOf].map((part) => resolved(part, schemas));
  return Object.assign({}, ...parts, own) as Schema;
}
