import { exampleProblem, folded } from '#libs/platform';

const code = (status: number): string => `| ${status} | \`${exampleProblem(status).code}\` |`;

const PROBLEMS = `
Doors answer \`{"breaches":[{"field","reason"}]}\`. Everything else answers a problem document
(RFC 9457, \`application/problem+json\`) with \`title\`, \`status\`, a \`code\` for programs, and for
a 400 also \`breaches\`. No answer repeats a value that was sent.

| status | code | means |
| --- | --- | --- |
${code(400)} A field, a filter or a cursor is not as described; \`breaches\` names each. \`BAD_REQUEST\`: not even JSON. |
${code(401)} No key, or one that is not valid (any more). |
${code(403)} The key lacks the scope that \`detail\` names. |
${code(404)} There is no such thing. |
${code(413)} The body is too large. |
${code(415)} The body is not declared as what this operation reads. |
${code(503)} The database is away. \`Retry-After\` says when to ask again. |
${code(500)} A fault of Footfall's, which is in its log. |
`;

const KEYS = `
Sending checkout events, health and this page need no key. Everything else does:
\`Authorization: Bearer <key>\`, or \`x-api-key: <key>\`.

- The first start makes an administrator's key (scope \`admin\`, which allows everything), shows it
  once and keeps it in \`admin.key\` in its \`DATA_DIR\` (\`.data\` unless set).
- Keys that may do less are made on Footfall's machine, and known within two seconds:
  \`npm run --silent footfall -- keys create --scope events:read --name reader\`.
- Without the scope \`personal-data:read\` an answer shows e-mail, telephone and address redacted.
- **Authorize** keeps the key in this browser until *Logout*. Never put one into a front end.
`;

const TIMES = `
- An event's \`timestamp\` is a whole number of milliseconds since 1970, by the sender's clock, up to
  the year 2100. Any time in there is taken; \`receivedAt\` is the server's clock.
- Filters take a day of UTC (\`2026-01-31\`) or a time with its zone (\`2026-01-31T12:00:00Z\`).
  \`from\` belongs to the range, \`to\` does not, except where whole days are counted: it says so there.
- Answers show times as ISO 8601 in UTC.
`;

const LISTS = `
A list answers \`{"items":[…],"nextCursor":…}\`. Send \`nextCursor\` as \`cursor\`, with the same
filters, for the next page; on the last one it is \`null\`. A page has 100 items, or \`limit\`, which
is at most 1000. A filter that does not exist is refused, never ignored.
`;

const LOGS = `
Never in a log line: keys, e-mail addresses, telephone and card numbers, the sender's address. What
was refused is logged shortened, with such things masked. Figures bear names from closed lists only,
no ids.
`;

const DOCUMENT = `
This page is made from [/openapi.json](/openapi.json) ([YAML](/openapi.yaml)), for generators of
clients. A test compares it with the running application, and another one executes every operation
below in a browser. Contracts only grow: a field is never renamed, removed, or made required.
`;

/** What a reader has to know before the first operation, and where to find the rest. */
export const GUIDE = `
Footfall takes the events of checkouts and keeps them. **An event that was acknowledged is not lost,
and a checkout never sees an error of Footfall's.**

### In three steps

Everything below is filled in: open an operation and press **Execute**. From top to bottom all of it
works on a Footfall that was just started.

1. **Authorize**, with the administrator's key. The first start shows it and keeps it in
   \`.data/admin.key\`. Front ends need none.
2. **Put an offer**: \`PUT /offers/offer-1\`. An event has to name an offer that Footfall knows.
3. **Send an event** for it: \`POST /events/checkout\` answers 204. Ask what became of it:
   \`GET /events/checkout/{eventId}/receipt\`.

### What a sender is answered

| status | means | what to do |
| --- | --- | --- |
| **204** | Kept: the event survives a crash of the server. | Nothing. |
| **202** | Taken, but not kept, by a fault of Footfall's; it is logged and counted. | Go on as if nothing had happened. |
| **400** | It breaks the contract; \`breaches\` names each field. | Mend the sender: it will never be taken as it is. |
| **408** | The request came too slowly. | Send it again. |
| **413**, **415** | Too large; or not \`application/json\` in UTF-8, plain or gzip. | Mend the sender. |
| **429** | Only at doors that say so; those of the checkout have no rate limit. | Wait as \`Retry-After\` says. |
| **5xx** | Never from Footfall, at the doors of the checkout. | If a proxy in front says so: as if no answer came. |
| no answer | The network, or a server that is being restarted. | Send the same again: it is stored once. |

### Questions

${folded('How do I get a key, and what may it do?', KEYS)}

${folded('What do errors look like outside the doors?', PROBLEMS)}

${folded('How are times written?', TIMES)}

${folded('How do I read long lists?', LISTS)}

${folded('What is never logged?', LOGS)}

${folded('Where is the document itself, and does it change?', DOCUMENT)}
`.trim();
