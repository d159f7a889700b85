import type { FuncKeywordDefinition } from 'ajv';

/**
 * `x-requires` of the published schema: a text that says something only beside another field, which
 * it names. Empty text is absence, and asks for nothing.
 */
export const requiresKeyword: FuncKeywordDefinition = {
  keyword: 'x-requires',
  type: 'string',
  schemaType: 'string',
  errors: false,
  validate: (other: string, text: string, _schema?: object, at?: { readonly parentData: object }) =>
    text === '' || Object.hasOwn(at?.parentData ?? {}, other),
};
