import { applyDecorators, type Type } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiProperty,
  type ApiPropertyOptions,
  getSchemaPath,
} from '@nestjs/swagger';
import { Transform, Type as Nest } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type { TimeLimits } from './time.keyword.js';
import { AtMostCharacters, NeverSent } from './validators.js';

/** No NUL and no lone surrogate: PostgreSQL stores neither. */
export const STORABLE = '^[^\\u0000\\ud800-\\udfff]*$';

/** 2100-01-01: later than any clock, early enough for every column that holds a time. */
const LATEST_EPOCH_MILLIS = 4_102_444_800_000;

/** The years that PostgreSQL and RFC 3339 spell alike. */
const EARLIEST_MILLIS = Date.parse('0001-01-02T00:00:00Z');
const LATEST_MILLIS = Date.parse('9999-12-30T23:59:59Z');

/** The ways a text is normalised, at the door and by class-transformer alike. */
export const NORMALISATIONS = {
  trim: (text: string): string => text.trim(),
  /** Trims too. */
  'lower-case': (text: string): string => text.trim().toLowerCase(),
};
export type Normalise = keyof typeof NORMALISATIONS;

export interface FieldOptions {
  readonly description: string;
  /** An absent optional field stays absent; null is absence. */
  readonly optional?: boolean;
  readonly example?: string | number;
}

const PUBLISHED = Symbol('published field');
const PUBLISHED_NAMES = Symbol('names of published fields');

/** A field's schema. Nest's types know no `x-…` keywords of our own; it publishes them. */
type FieldSchema = { readonly required: boolean } & Readonly<Record<string, unknown>>;

/** Publishes a field, and remembers how, for the answers that show it again. */
const published = (schema: FieldSchema): PropertyDecorator =>
  applyDecorators(ApiProperty(schema), (target: object, field: string | symbol) => {
    Reflect.defineMetadata(PUBLISHED, schema, target, field);
    const names = new Set(publishedNames(target)).add(String(field));
    Reflect.defineMetadata(PUBLISHED_NAMES, names, target);
  });

const publishedNames = (target: object): ReadonlySet<string> =>
  (Reflect.getMetadata(PUBLISHED_NAMES, target) as ReadonlySet<string> | undefined) ?? new Set();

/** How a contract publishes one of its fields. */
export const publishedAs = (contract: { prototype: object }, field: string): ApiPropertyOptions => {
  const options = Reflect.getMetadata(PUBLISHED, contract.prototype, field) as unknown;
  if (options === undefined) throw new Error(`the contract has no field ${field}`);
  return options as ApiPropertyOptions;
};

/** Every field that a contract publishes, those that it inherits among them. */
export const publishedFieldsOf = (contract: {
  prototype: object;
}): readonly (readonly [field: string, schema: ApiPropertyOptions])[] =>
  [...publishedNames(contract.prototype)].map((field) => [field, publishedAs(contract, field)]);

const normalised = (how: Normalise): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? NORMALISATIONS[how](value) : value,
  );

/**
 * Text, normalised before it is checked; `maxLength` counts characters, not UTF-16 units.
 *
 * The same options feed the published schema, from which the door's validator is compiled, and
 * class-validator, which guards administrative endpoints.
 */
export const TextField = (
  options: FieldOptions & { maxLength: number; normalise?: Normalise },
): PropertyDecorator => {
  const { optional = false, normalise: how = 'trim', maxLength, ...schema } = options;
  const limits = { minLength: optional ? 0 : 1, maxLength, pattern: STORABLE, 'x-normalise': how };
  return applyDecorators(
    published({ ...schema, ...limits, type: String, required: !optional }),
    normalised(how),
    optional ? IsOptional() : IsNotEmpty(),
    IsString(),
    AtMostCharacters(maxLength),
    Matches(new RegExp(STORABLE, 'u')),
  );
};

/** What single values mean, by value. */
type Meanings = Readonly<Record<string, string>>;

/**
 * A value of a closed catalogue, exactly as it is spelled there: never trimmed, never corrected.
 * `meanings` are listed for readers, and published for generators of clients.
 */
export const CatalogueField = (
  options: FieldOptions & {
    readonly name: string;
    readonly values: readonly string[];
    readonly default?: string;
    readonly meanings?: Meanings;
  },
): PropertyDecorator => {
  const { optional = false, name, values, meanings, ...schema } = options;
  return applyDecorators(
    published({
      ...schema,
      ...(meanings && {
        description: `${schema.description}\n\n${listOf(meanings)}`,
        enumSchema: { 'x-enumDescriptions': meanings },
      }),
      enum: [...values],
      enumName: name,
      required: !optional,
    }),
    ...(optional ? [IsOptional()] : []),
    IsIn(values),
  );
};

const listOf = (meanings: Meanings): string =>
  Object.entries(meanings)
    .map(([value, meaning]) => `- \`${value}\`: ${meaning}`)
    .join('\n');

/** Values of a closed catalogue, each at most once and at least one of them. */
export const CatalogueListField = (
  options: Omit<FieldOptions, 'example'> & {
    readonly name: string;
    readonly values: readonly string[];
    readonly example?: readonly string[];
  },
): PropertyDecorator => {
  const { optional = false, name, values, example, ...schema } = options;
  const limits = { minItems: 1, maxItems: values.length, uniqueItems: true };
  return applyDecorators(
    published({
      ...schema,
      ...limits,
      ...(example && { example: [...example] }),
      enum: [...values],
      enumName: name,
      isArray: true,
      required: !optional,
    }),
    ...(optional ? [IsOptional()] : []),
    IsArray(),
    ArrayNotEmpty(),
    ArrayUnique(),
    IsIn(values, { each: true }),
  );
};

/** Yes or no, as JSON says it. */
export const FlagField = (
  options: Omit<FieldOptions, 'example'> & { readonly default?: boolean },
): PropertyDecorator => {
  const { optional = false, ...schema } = options;
  return applyDecorators(
    published({ ...schema, type: 'boolean', required: !optional }),
    ...(optional ? [IsOptional()] : []),
    IsBoolean(),
  );
};

/** A time as a whole number of milliseconds since 1970, up to the year 2100. */
export const EpochMillisField = (options: FieldOptions): PropertyDecorator => {
  const { optional = false, example = 1_700_000_000_000, ...schema } = options;
  const limits = { format: 'int64', minimum: 0, maximum: LATEST_EPOCH_MILLIS };
  return applyDecorators(
    published({ ...schema, ...limits, example, type: 'integer', required: !optional }),
    ...(optional ? [IsOptional()] : []),
    IsInt(),
    Min(0),
    Max(LATEST_EPOCH_MILLIS),
  );
};

/** Sets the variants of a union apart: each value of its list means this variant. */
export const TagField = (options: {
  readonly description: string;
  readonly values: readonly string[];
}): PropertyDecorator =>
  // Without a name of its own: Ajv finds the tag of a union only where its values stand in place.
  applyDecorators(
    published({
      description: options.description,
      type: String,
      enum: [...options.values],
      required: true,
    }),
    IsIn(options.values),
  );

/** The values of a variant's tag, as its `TagField` has them. */
export const valuesOfTag = (
  variant: { prototype: object; name: string },
  tag: string,
): string[] => {
  const { enum: values } = publishedAs(variant, tag) as { enum?: string[] };
  if (values === undefined) throw new Error(`${tag} of ${variant.name} is no tag`);
  return values;
};

/** Any finite number, as JSON has it. */
export const NumberField = (options: FieldOptions): PropertyDecorator => {
  const { optional = false, ...schema } = options;
  return applyDecorators(
    published({ ...schema, type: 'number', 'x-storable': true, required: !optional }),
    ...(optional ? [IsOptional()] : []),
    IsNumber({ allowInfinity: false, allowNaN: false }),
  );
};

/** Text that is kept exactly as it came, white space and emptiness included. */
export const VerbatimField = (
  options: FieldOptions & { readonly maxLength: number },
): PropertyDecorator => {
  const { optional = false, maxLength, ...schema } = options;
  return applyDecorators(
    published({ ...schema, type: String, maxLength, pattern: STORABLE, required: !optional }),
    ...(optional ? [IsOptional()] : []),
    IsString(),
    AtMostCharacters(maxLength),
    Matches(new RegExp(STORABLE, 'u')),
  );
};

/** A decimal amount, as a JSON number or as text; kept as it came. */
export const DecimalField = (options: FieldOptions): PropertyDecorator => {
  const { optional = false, ...schema } = options;
  const anyOf = [
    { type: 'number', 'x-storable': true },
    { type: 'string', maxLength: 64, pattern: String.raw`^\s*([+-]?\d+(\.\d+)?)?\s*$` },
  ];
  return published({ ...schema, anyOf, 'x-accepts': 'a decimal number', required: !optional });
};

/** JSON of the sender's own shape: kept exactly, never trimmed, nothing in it dropped. */
export const JsonObjectField = (
  options: Omit<FieldOptions, 'example'> & { readonly example?: object },
): PropertyDecorator => {
  const { optional = false, ...schema } = options;
  return applyDecorators(
    published({
      ...schema,
      type: 'object',
      additionalProperties: true,
      'x-storable': true,
      required: !optional,
    }),
    ...(optional ? [IsOptional()] : []),
    IsObject(),
  );
};

/** An object of a shape of its own, with fields declared as these are. */
export const NestedField = (
  options: Omit<FieldOptions, 'example'> & { readonly of: Type },
): PropertyDecorator => {
  const { optional = false, of, ...schema } = options;
  return applyDecorators(
    published({ ...schema, type: of, required: !optional }),
    ...(optional ? [IsOptional()] : []),
    IsObject(),
    ValidateNested(),
    Nest(() => of),
  );
};

/** A list of objects of a shape of their own. */
export const ListField = (
  options: Omit<FieldOptions, 'example'> & { readonly of: Type; readonly maxItems: number },
): PropertyDecorator => {
  const { optional = false, of, maxItems, ...schema } = options;
  return applyDecorators(
    published({ ...schema, type: of, isArray: true, maxItems, required: !optional }),
    ...(optional ? [IsOptional()] : []),
    IsArray(),
    ArrayMaxSize(maxItems),
    ValidateNested({ each: true }),
    Nest(() => of),
  );
};

/**
 * A part that others read. Its shape is published, and anything is taken: what does not fit is kept
 * and flagged, never a reason to refuse what it came with.
 */
export const LenientField = (
  options: Omit<FieldOptions, 'example' | 'optional'> & { readonly of: Type },
): PropertyDecorator => {
  const { of, ...schema } = options;
  const anyOf = [{ $ref: getSchemaPath(of) }, {}];
  return (target, field) => {
    ApiExtraModels(of)(target.constructor);
    published({ ...schema, anyOf, 'x-lenient': true, required: false })(target, field);
  };
};

/**
 * A time as RFC 3339 text, with zone and up to nine digits of a second; kept as it was spelt.
 * Where it is optional, empty text is absence.
 */
export const TimeTextField = (
  options: FieldOptions & { readonly limits?: Partial<TimeLimits> },
): PropertyDecorator => {
  const { optional = false, limits = {}, ...schema } = options;
  return published({ ...schema, ...timeText(limits), required: !optional });
};

/** A time as a whole number of milliseconds since 1970, or as RFC 3339 text with its zone. */
export const TimeField = (options: FieldOptions): PropertyDecorator => {
  const { optional = false, ...schema } = options;
  const anyOf = [
    { type: 'integer', format: 'int64', minimum: 0, maximum: LATEST_EPOCH_MILLIS },
    timeText({ earliest: 0, latest: LATEST_EPOCH_MILLIS }),
  ];
  const accepts = 'milliseconds since 1970, or an ISO 8601 time with its zone, up to the year 2100';
  return published({ ...schema, anyOf, 'x-accepts': accepts, required: !optional });
};

const timeText = (limits: Partial<TimeLimits>) => ({
  type: 'string',
  format: 'date-time',
  maxLength: 40,
  'x-time': { earliest: EARLIEST_MILLIS, latest: LATEST_MILLIS, ...limits } satisfies TimeLimits,
});

/** Another name under which a field may be sent; it is stored under the field's own. */
export const Alias =
  (alias: string): PropertyDecorator =>
  (target, field) => {
    const schema = Reflect.getMetadata(PUBLISHED, target, field) as FieldSchema;
    published({ ...schema, 'x-alias': alias })(target, field);
  };

/** The values of an open list that are known, and what they mean; others are taken too. */
export const KnownValues =
  (meanings: Meanings): PropertyDecorator =>
  (target, field) => {
    const schema = Reflect.getMetadata(PUBLISHED, target, field) as FieldSchema;
    published({ ...schema, 'x-known-values': meanings })(target, field);
  };

/** A text that says something only beside another field, which then is required. */
export const Requires =
  (other: string): PropertyDecorator =>
  (target, field) => {
    const schema = Reflect.getMetadata(PUBLISHED, target, field) as FieldSchema;
    published({ ...schema, 'x-requires': other })(target, field);
  };

/** Fields the sender must not send, whatever the value: `not: {}` is satisfied by nothing. */
export const Forbids =
  (...names: string[]): ClassDecorator =>
  (dto) => {
    const description = 'Resolved by the server; never sent.';
    const forbidden = applyDecorators(
      ApiProperty({ type: String, not: {}, required: false, description }),
      NeverSent(),
    );
    for (const name of names) forbidden(dto.prototype as object, name);
  };
