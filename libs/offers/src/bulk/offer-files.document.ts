/** How offers look in a file, for the published document. */
export const FILES = {
  'text/csv': {
    schema: { type: 'string' },
    example:
      'offerId,productId,producerId\noffer-1,product-1,producer-1\noffer-2,"product, large",producer-1\n',
  },
  'application/x-ndjson': {
    schema: { type: 'string' },
    example:
      '{"offerId":"offer-1","productId":"product-1","producerId":"producer-1"}\n' +
      '{"offerId":"offer-2","productId":"product, large","producerId":"producer-1"}\n',
  },
};

export const IMPORT_DESCRIPTION = `
CSV with a header that names the columns \`offerId\`, \`productId\` and \`producerId\`, in any order;
or NDJSON, an object a line with these fields. In UTF-8, with or without \`Content-Encoding: gzip\`,
as long as you like: it is read as it comes, and may take as long as bytes keep coming.

Each line is judged like \`PUT /offers/{offerId}\`, by itself: every good one goes in, whatever the
bad ones do, and the report names the bad ones by their number in the file. An offer that is so
already is left untouched, so a file may be sent again as often as you like. Offers that are not in
the file stay as they are.

A hundred thousand lines in a row without a good one end the import, which says so: the rest of the
file is not read. So does a sender who leaves before the answer.

A body that breaks off, and a database that goes away, leave what was taken until then; the answer
says how far it came in \`report\`. The last line of a body that breaks off may be half a line: it is
not taken.

In CSV an apostrophe before \`=\`, \`+\`, \`-\`, \`@\`, a tab or a carriage return at the beginning of a
cell is taken away: an export puts it there.
`.trim();

export const EXPORT_DESCRIPTION = `
Every offer that is not deleted, by offer id, as CSV (RFC 4180) or NDJSON, in a form that an import
takes again. Offers that change meanwhile may be in it as they were or as they are.

Spreadsheets run what begins like a formula. In CSV a cell that begins with \`=\`, \`+\`, \`-\`, \`@\`, a
tab or a carriage return gets an apostrophe before it; an import takes it away again.

A file that cannot be finished ends with the connection: what came whole is whole.
`.trim();
