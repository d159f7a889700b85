import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import type { FieldOptions } from './fields.js';
import { instantOf } from './instant.js';
import { IsInstant } from './validators.js';

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
