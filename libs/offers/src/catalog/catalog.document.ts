import { publishedAs } from '#libs/contracts';
import type { CatalogKind } from './catalog-kind.js';

type Content = Readonly<Record<string, { readonly schema: object; readonly example: string }>>;

/** How entries look in a file: as the examples of their fields do. */
export function filesOf({ table, path, body }: CatalogKind): Content {
  const fields = [table.id, ...table.values];
  const contract = (field: string) => publishedAs(field === table.id ? path : body, field);
  const example = Object.fromEntries(
    fields.map((field) => [field, String(contract(field).example)]),
  );
  const schema = { type: 'string' };
  return {
    'text/csv': { schema, example: `${fields.join(',')}\n${Object.values(example).join(',')}\n` },
    'application/x-ndjson': { schema, example: `${JSON.stringify(example)}\n` },
  };
}

/** What an import of this kind promises. */
export function importDescription({ name, some, table, files }: CatalogKind): string {
  const { required, optional } = files;
  const more = optional.length > 0 ? `, and may name ${inCode(optional)}` : '';
  return `
CSV with a header that names ${inCode(required)}${more}, in any order; or NDJSON, an object a line
with these fields. In UTF-8, with or without \`Content-Encoding: gzip\`, as long as you like.

Each line is judged like \`PUT /catalog/${name}/{${table.id}}\`, by itself, and the report names the
bad ones by their number in the file. What is so already is left untouched, so a file may be sent
again as often as you like; what is not in the file stays as it is. \`POST /offers/import\` says what
becomes of a body that breaks off or holds nothing good. What a file says of ${some} holds against every event.
`.trim();
}

const inCode = (fields: readonly string[]): string =>
  fields.map((field) => `\`${field}\``).join(', ');
