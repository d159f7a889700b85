import { folded } from '#libs/platform';

const spaced = (figure: number): string => figure.toLocaleString('en').replaceAll(',', ' ');

/** What is said of the 202. */
export const CHECKOUT_LOST =
  'Taken, but not kept, by a fault of Footfall’s; it is logged and counted. ' +
  'Go on as if nothing had happened.';

const AGAIN = `
No answer, or a 408? Send the same event again, as often as you like: the same \`eventId\` **and** the
same \`timestamp\`. It is stored once, and answered like the first time. Any other 4xx is final. After
a 202 there is nothing to do.
`;

const CONFLICTS = `
The same id with another time is another event. The same id *and* time with other content is a
conflict: it is answered 204 too, the first one wins, and the other is kept apart, where its receipt
shows it. So make an id of its own for each event, such as a UUID.
`;

const BEACONS = `
As it happens, with \`fetch(url, { method: 'POST', keepalive: true, … })\`. While the page is being
left, as a beacon, by a blob *with its type*; a plain string goes as \`text/plain\`, which is 415:

\`\`\`js
const json = JSON.stringify(event);
navigator.sendBeacon(url, new Blob([json], { type: 'application/json' }));
\`\`\`
`;

const CORS = `
Any. It is echoed as it is, with credentials allowed, because beacons send them; no cookie is ever
read. The preflight allows \`POST\` and the header \`content-type\`, nothing else, and a browser may
remember it for two hours (\`Access-Control-Max-Age: 7200\`). Refusals carry the same headers, so that
a page can read them.
`;

const FIELDS = `
An optional field without a value is left out or \`null\`: both mean the same, although the schema
shows no \`null\`. Text is trimmed, an e-mail also lower-cased, and closed values have to match exactly.
Unknown fields are ignored and not stored.
`;

const limits = (bodyLimit: number): string => `
${spaced(bodyLimit)} bytes, packed with gzip or not; 8 levels and 64 fields; no NUL and no lone surrogate in
a text. The head of a request may take 10 s, all of it 15 s. There is no rate limit.
`;

const READING = `
Within a second, as a rule: what was acknowledged is on disk, and on its way to the database. While
that is away, events wait and senders do not notice; a receipt says \`not_known_yet\` until then.
`;

/** What front ends ask at their door. */
export const checkoutGuide = (bodyLimit: number): string =>
  [
    'No key, any origin; a checkout does not wait for the answer. `offerId` has to name an offer ' +
      'that Footfall knows: its product and producer are resolved here and must not be sent.',
    folded('No answer came. May I send it again?', AGAIN),
    folded('What if two events have the same id?', CONFLICTS),
    folded('By fetch, or as a beacon?', BEACONS),
    folded('CORS: from which origin, with which headers?', CORS),
    folded('Which fields may be null, and which are changed?', FIELDS),
    folded('How large, and how fast?', limits(bodyLimit)),
    folded('When can it be read?', READING),
  ].join('\n\n');

/** What they ask where they send several at once. */
export const checkoutBatchGuide = (most: number, bodyLimit: number): string =>
  `
For what a front end had to hold back. 200 says that each event was judged by itself; read
\`results\`, in the order of the events:

| verdict | means | what to do |
| --- | --- | --- |
| \`accepted\` | Kept, like a 204. | Nothing. |
| \`rejected\` | It breaks the contract; \`breaches\` says how. Its neighbours are not touched. | Mend the sender. |
| \`failed\` | A fault of Footfall's. | Send this one again. |

At most ${most} events and 1 MiB, more is 413; each at most ${spaced(bodyLimit)} bytes. What is no array is 400 as a
whole. The third event of the example is misspelt on purpose.
`.trim();
