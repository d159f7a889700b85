import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, IsOptional, ValidateBy, ValidateIf, ValidateNested } from 'class-validator';
import type { FieldOptions } from './fields.js';
import { isUuid } from './query-fields.js';

type Described = Pick<FieldOptions, 'description' | 'optional'>;

/** An object in a body, with fields of its own: they are checked as strictly as the body's. */
export const ObjectField = (options: Described & { type: new () => object }): PropertyDecorator => {
  const { optional = false, type, description } = options;
  return applyDecorators(
    ApiProperty({ description, type, required: !optional }),
    Type(() => type),
    ...(optional ? [IsOptional()] : []),
    IsObject(),
    ValidateNested(),
  );
};

/** Some of our own ids, each once or more. `ExactlyOneOf` judges the absence of an optional one. */
export const UuidListField = (options: Described & { most: number }): PropertyDecorator => {
  const { optional = false, description, most } = options;
  const items = { type: 'string', format: 'uuid' } as const;
  const isList = (value: unknown): boolean =>
    Array.isArray(value) && value.length > 0 && value.length <= most && value.every(isUuid);
  return applyDecorators(
    ApiProperty({
      description,
      type: 'array',
      items,
      minItems: 1,
      maxItems: most,
      required: !optional,
    }),
    ValidateBy({
      name: 'isUuidList',
      validator: {
        validate: (value) => (optional && isAbsent(value)) || isList(value),
        defaultMessage: (of) => `${of?.property} must be a list of 1 to ${most} UUIDs`,
      },
    }),
  );
};

/** Of two fields one must be there, and not the other; the first of them is told otherwise. */
export const ExactlyOneOf =
  (first: string, second: string): ClassDecorator =>
  (dto) => {
    const has = (body: object, field: string): boolean => !isAbsent(valueOf(body, field));
    applyDecorators(
      ValidateIf((body: object) => has(body, first) || !has(body, second)),
      ValidateBy({
        name: 'exactlyOneOf',
        validator: {
          validate: (_, of) => has(of!.object, first) !== has(of!.object, second),
          defaultMessage: () => `either ${first} or ${second} must be given, and not both`,
        },
      }),
    )(dto.prototype as object, first);
  };

/** A field that says nothing without another. */
export const OnlyWith = (other: string): PropertyDecorator =>
  ValidateBy({
    name: 'onlyWith',
    validator: {
      validate: (_, of) => !isAbsent(valueOf(of!.object, other)),
      defaultMessage: (of) => `${of?.property} must not be given without ${other}`,
    },
  });

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

const valueOf = (body: object, field: string): unknown => (body as Record<string, unknown>)[field];
