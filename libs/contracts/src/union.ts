import { ApiExtraModels, ApiSchema, type ApiSchemaOptions, getSchemaPath } from '@nestjs/swagger';
import { applyDecorators, type Type } from '@nestjs/common';
import { valuesOfTag } from './fields.js';

/**
 * A contract that is one of several, told apart by the value of `tag`, which each variant declares
 * with `TagField`. Published as a discriminated union; the class itself has no fields.
 *
 * @throws where two variants claim one value.
 */
export const UnionOf = (tag: string, variants: readonly Type[]): ClassDecorator => {
  const mapping: Record<string, string> = {};
  for (const variant of variants) {
    for (const value of valuesOfTag(variant, tag)) {
      if (Object.hasOwn(mapping, value)) throw new Error(`two variants claim ${tag} ${value}`);
      mapping[value] = getSchemaPath(variant);
    }
  }
  const schema = {
    oneOf: variants.map((variant) => ({ $ref: getSchemaPath(variant) })),
    discriminator: { propertyName: tag, mapping },
    'x-tag-values': Object.keys(mapping),
  };
  // Nest's types know a name and a description only; it publishes whatever else is given.
  return applyDecorators(
    ApiExtraModels(...variants),
    ApiSchema(schema as unknown as ApiSchemaOptions),
  );
};

type FieldOf<Union> = Union extends unknown ? keyof Union : never;
type ValueOf<Union, Field> = Union extends unknown
  ? Field extends keyof Union
    ? Union[Field]
    : undefined
  : never;

/** The fields of all variants together; undefined where a variant lacks one. */
export type AnyOf<Union> = { readonly [Field in FieldOf<Union>]: ValueOf<Union, Field> };

/** What the class of a union extends: the fields of all variants for the compiler, none at run time. */
export const anyOf = <Union>() => class {} as new () => AnyOf<Union>;

/**
 * Published schemas as Ajv takes them: it reads a union's tags from its variants, and refuses the
 * mapping that generators of clients read.
 */
export const withoutMappings = (schemas: object): object =>
  JSON.parse(
    JSON.stringify(schemas, (key, value: unknown) =>
      key === 'discriminator'
        ? { propertyName: (value as { propertyName?: unknown }).propertyName }
        : value,
    ),
  ) as object;
