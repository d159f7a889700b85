import { USER_ROLES } from '#libs/access';
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
${code(409)} It cannot be done as things stand; \`detail\` says why. |
${code(413)} The body is too large. |
${code(415)} The body is not declared as what this operation reads. |
${code(429)} Wrong credentials came too often from this address. \`Retry-After\` says when to try again. |
${code(503)} The database is away, or a token cannot be judged. \`Retry-After\` says when to ask again. |
${code(500)} A fault of Footfall's, which is in its log. |
`;

const roles = [
  '| role | may do |',
  '| --- | --- |',
  ...Object.entries(USER_ROLES).map(
    ([role, { description }]) => `| \`${role}\` | ${description} |`,
  ),
].join('\n');

const KEYS = `
| scope | for |
| --- | --- |
| none | Events of checkouts, tracking events, analytics events of visitors; event types, health, this page. |
| \`ingest:analytics\` | Analytics events of servers, and of money. |
| \`ingest:commerce\` | Commerce events. From networks that the operator trusts they need no key. |
| \`events:read\` | Stored and rejected events. |
| \`dashboards:read\` | Dashboards. |
| \`personal-data:read\` | Without it answers show e-mail, telephone and address redacted. |
| \`admin\` | Everything. |

- Send \`Authorization: Bearer <key>\`, or \`x-api-key: <key>\`, or Basic with the key as password.
- The first start makes an administrator's key, shows it once and keeps it in \`admin.key\` in its
  \`DATA_DIR\` (\`.data\` unless set). Others are made here, or on Footfall's machine, and are known within
  two seconds: \`npm run --silent footfall -- keys create --scope events:read --name reader\`.
- A key may be **bound to an owner**, a creator, a producer or an organization: what belongs to others
  does not exist for it (404), and where owners are not told apart it is refused (403). It may read,
  and where it is an organization's send that organization's commerce events, nobody else's.
- A key may end by itself (\`expiresAt\`), and be followed by another while both work:
  \`POST /keys/{id}/rotate\`.
- **Tokens of users** are taken as Bearer too, where the operator has set \`JWT_SECRET\` (HS256) or
  \`OIDC_ISSUER\` (RS256, ES256, EdDSA): JWTs with \`sub\`, the user, and \`exp\`. \`scope\` may name scopes, apart
  by blanks; \`role\` may name a role:

${roles}

- Wrong credentials, more than 20 a minute from one address unless set otherwise, are answered 429.
- **Authorize** keeps the key in this browser until *Logout*. Never put one into a front end.
`;

const TIMES = `
| contract | field | as |
| --- | --- | --- |
| checkout | \`timestamp\` | Whole milliseconds since 1970, up to the year 2100. |
| tracking | \`timestamp\` | The same, or ISO 8601. |
| analytics | \`occurredAt\`, or nothing | ISO 8601 with its zone; at most an hour ahead and a year back. |
| commerce | \`timestamp\` | RFC 3339 with its zone and up to nine digits of a second. |

- They are told by the sender's clock, however wrong that is; \`receivedAt\` is the server's.
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
This page is made from [/openapi.json](/openapi.json), for generators of
clients. A test compares it with the running application, and another one executes every operation
below in a browser. Contracts only grow: a field is never renamed, removed, or made required.
`;

/** What a reader has to know before the first operation, and where to find the rest. */
export const GUIDE = `
Footfall takes events and keeps them, in four contracts: **checkout**, **tracking** (pages and cockpits),
**analytics** (a creators' platform) and **commerce** (orders and payouts, of back ends). **An event that
was acknowledged is not lost, and no front end ever sees an error of Footfall's.**

### In three steps

Everything below is filled in: open an operation and press **Execute**. From top to bottom all of it
works on a Footfall that was just started.

1. **Authorize**, with the administrator's key. The first start shows it and keeps it in
   \`.data/admin.key\`. Front ends need none.
2. **Put an offer**: \`PUT /offers/offer-1\`. An event of a checkout has to name an offer that Footfall
   knows; the other contracts need nothing beforehand.
3. **Send an event** for it: \`POST /events/checkout\` answers 204. Ask what became of it:
   \`GET /events/checkout/{eventId}/receipt\`.

### What a sender is answered

| status | means | what to do |
| --- | --- | --- |
| **204** | checkout, tracking: kept. The event survives a crash of the server. | Nothing. |
| **200** | commerce: kept, with an empty body. Batches: \`results\` has a verdict for each event. | Read the verdicts. |
| **202** | checkout, tracking: taken, but not kept, by a fault of Footfall's. analytics: \`tracked\` says whether it is kept. | Go on, either way. |
| **400** | It breaks the contract; \`breaches\` names each field. | Mend the sender: it will never be taken as it is. |
| **401**, **403** | commerce, and analytics where it needs a key: it is missing, not valid, or lacks the scope. | Send a key that may. |
| **408** | The request came too slowly. | Send it again. |
| **413**, **415** | Too large; or not \`application/json\` in UTF-8, plain or gzip. | Mend the sender. |
| **429** | analytics: too many events. Where a key is shown: wrong ones, too often. | Wait as \`Retry-After\` says. |
| **503** | commerce: not kept. analytics: a key cannot be judged now. | Send the same again, as \`Retry-After\` says. |
| other **5xx** | Never from Footfall. | If a proxy in front says so: as if no answer came. |
| no answer | The network, or a server that is being restarted. | Send the same again. Each door says by what it knows a retry, which it stores once. |

### Questions

${folded('Who needs a key, and how do I get one?', KEYS)}

${folded('What do errors look like outside the doors?', PROBLEMS)}

${folded('How are times written?', TIMES)}

${folded('How do I read long lists?', LISTS)}

${folded('What is never logged?', LOGS)}

${folded('Where is the document itself, and does it change?', DOCUMENT)}
`.trim();
