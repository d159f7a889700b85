import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsNotEmpty, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import { AtMostCharacters, NeverSent } from './validators.js';

/** No NUL and no lone surrogate: PostgreSQL stores neither. */
export const STORABLE = '^[^\\u0000\\ud800-\\udfff]*$';

/** 2100-01-01: later than any clock, early enough for every column that holds a time. */
const LATEST_EPOCH_MILLIS = 4_102_444_800_000;

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

/** Publishes a field, and remembers how, for the answers that show it again. */
const published = (options: ApiPropertyOptions): PropertyDecorator =>
  applyDecorators(ApiProperty(options), (target: object, field: string | symbol) =>
    Reflect.defineMetadata(PUBLISHED, options, target, field),
  );

/** How a contract publishes one of its fields. */
export const publishedAs = (contract: { prototype: object }, field: string): ApiPropertyOptions => {
  const options = Reflect.getMetadata(PUBLISHED, contract.prototype, field) as unknown;
  if (options === undefined) throw new Error(`the contract has no field ${field}`);
  return options as ApiPropertyOptions;
};

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

/** A value of a closed catalogue, exactly as it is spelled there: never trimmed, never corrected. */
export const CatalogueField = (
  options: FieldOptions & { name: string; values: readonly string[]; default?: string },
): PropertyDecorator => {
  const { optional = false, name, values, ...schema } = options;
  return applyDecorators(
    published({
      ...schema,
      enum: [...values],
      enumName: name,
      required: !optional,
    }),
    ...(optional ? [IsOptional()] : []),
    IsIn(values),
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
