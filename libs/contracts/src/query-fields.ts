import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import type { FieldOptions } from './fields.js';
import { instantOf } from './instant.js';
import { IsDay, IsInstant } from './validators.js';

/** A whole number of a query string, where every value arrives as text. */
export const WholeNumberField = (
  options: FieldOptions & { minimum: number; maximum: number; default?: number },
): PropertyDecorator => {
  const { optional = false, ...schema } = options;
  return applyDecorators(
    ApiProperty({ ...schema, type: 'integer', required: !optional }),
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value,
    ),
    ...(optional ? [IsOptional()] : []),
    IsInt(),
    Min(options.minimum),
    Max(options.maximum),
  );
};

/**
 * A moment as ISO 8601: a day of UTC (its beginning), or a time with its zone.
 *
 * Becomes the full UTC spelling, so that no reader's own time zone decides what is meant.
 */
export const InstantField = (options: FieldOptions): PropertyDecorator => {
  const { optional = false, ...schema } = options;
  const form = { anyOf: [{ format: 'date-time' }, { format: 'date' }] };
  return applyDecorators(
    ApiProperty({ ...schema, ...form, type: String, required: !optional }),
    Transform(({ value }: { value: unknown }) => instantOf(value)?.toISOString() ?? value),
    ...(optional ? [IsOptional()] : []),
    IsInstant(),
  );
};

/** A day of UTC as `YYYY-MM-DD`. */
export const DayField = (options: FieldOptions): PropertyDecorator => {
  const { optional = false, ...schema } = options;
  return applyDecorators(
    ApiProperty({ ...schema, type: String, format: 'date', required: !optional }),
    ...(optional ? [IsOptional()] : []),
    IsDay(),
  );
};

/** Of whatever version. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const isUuid = (value: unknown): value is string =>
  typeof value === 'string' && UUID.test(value);

/** One of our own ids, of whatever version. */
export const UuidField = (options: FieldOptions): PropertyDecorator => {
  const { optional = false, ...schema } = options;
  return applyDecorators(
    ApiProperty({ ...schema, type: String, format: 'uuid', required: !optional }),
    ...(optional ? [IsOptional()] : []),
    Matches(UUID, { message: '$property must be a UUID' }),
  );
};
