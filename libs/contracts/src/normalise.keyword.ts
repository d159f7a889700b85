import { _, type CodeKeywordDefinition, type KeywordCxt } from 'ajv';
import { changes } from './changes.js';
import { NORMALISATIONS, type Normalise } from './fields.js';

/**
 * `x-normalise` of the published schema. It changes the text in its object and stands before
 * `maxLength`, so that text is normalised first and measured then.
 *
 * Generated code rather than a function: it runs once a text field and event.
 */
export const normaliseKeyword: CodeKeywordDefinition = {
  keyword: 'x-normalise',
  type: 'string',
  schemaType: 'string',
  metaSchema: { enum: Object.keys(NORMALISATIONS) },
  before: 'maxLength',
  code: ({ gen, data, schema, it }: KeywordCxt) => {
    const normalise = gen.scopeValue('func', { ref: NORMALISATIONS[schema as Normalise] });
    const normal = gen.const('normal', _`${normalise}(${data})`);
    gen.if(_`${normal} !== ${data}`, () => {
      gen.assign(data, normal);
      gen.assign(_`${it.parentData}[${it.parentDataProperty}]`, data);
      gen.code(_`${gen.scopeValue('obj', { ref: changes })}.made++`);
    });
  },
};
