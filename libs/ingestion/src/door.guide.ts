import { BATCH_LIMIT, folded, MOST_FIELDS, MOST_LEVELS } from '#libs/platform';

/** A figure as a reader likes it: `51 200`. */
export const spaced = (figure: number): string => figure.toLocaleString('en').replaceAll(',', ' ');

/** Questions and answers of a door, after what everybody has to know. */
export const guideOf = (lead: string, questions: Readonly<Record<string, string>>): string =>
  [lead, ...Object.entries(questions).map(([question, answer]) => folded(question, answer))].join(
    '\n\n',
  );

/** What is said of a 202 that stands for a loss. */
export const LOST_ON_THE_WAY =
  'Taken, but not kept, by a fault of Footfall’s; it is logged and counted. ' +
  'Go on as if nothing had happened.';

export const BEACONS = `
As it happens, with \`fetch(url, { method: 'POST', keepalive: true, … })\`. While the page is being
left, as a beacon, by a blob *with its type*; a plain string goes as \`text/plain\`, which is 415:

\`\`\`js
const json = JSON.stringify(event);
navigator.sendBeacon(url, new Blob([json], { type: 'application/json' }));
\`\`\`
`;

/** Which origins and headers a browser may use. */
export const corsGuide = (...headers: readonly string[]): string => `
Any origin. It is echoed as it is, with credentials allowed, because beacons send them; no cookie is
ever read. The preflight allows \`POST\` and ${named(headers)}, nothing else, and a browser may
remember it for two hours (\`Access-Control-Max-Age: 7200\`). Refusals carry the same headers, so that
a page can read them.
`;

const named = (headers: readonly string[]): string =>
  headers.length === 1
    ? `the header \`${headers[0]}\``
    : `the headers ${headers.map((header) => `\`${header}\``).join(' and ')}`;

export const FIELDS = `
An optional field without a value is left out or \`null\`: both mean the same, although the schema
shows no \`null\`. Text is trimmed, and closed values have to match exactly. Unknown fields are ignored
and not stored.
`;

/** How large one event may be, how long it may take, and how many may come. */
export const limitsGuide = (bodyLimit: number, rate = 'There is no rate limit.'): string => `
${spaced(bodyLimit)} bytes, packed with gzip or not; ${MOST_LEVELS} levels and ${MOST_FIELDS} fields; no NUL and no lone surrogate in
a text. The head of a request may take 10 s, all of it 15 s. ${rate}
`;

export const READING = `
Within a second, as a rule: what was acknowledged is on disk, and on its way to the database. While
that is away, events wait and senders do not notice; a receipt says \`not_known_yet\` until then.
`;

interface BatchGuide {
  readonly for: string;
  /** How many, in words. */
  readonly most: string;
  readonly bodyLimit: number;
  /** Verdicts that only some contracts know, a row of the table each. */
  readonly also?: readonly string[];
  readonly example: string;
}

/** What is asked where several are sent at once. */
export const batchGuide = ({
  for: what,
  most,
  bodyLimit,
  also = [],
  example,
}: BatchGuide): string =>
  `
${what} 200 says that each event was judged by itself; read \`results\`, in the order of the events:

| verdict | means | what to do |
| --- | --- | --- |
${[
  '| `accepted` | Kept: it survives a crash. | Nothing. |',
  '| `rejected` | It breaks the contract; `breaches` says how. Its neighbours are not touched. | Mend the sender. |',
  ...also,
  "| `failed` | A fault of Footfall's. | Send this one again. |",
].join('\n')}

At most ${most} and ${spaced(BATCH_LIMIT)} bytes, more is 413; each at most
${spaced(bodyLimit)} bytes. What is no array is 400 as a whole. ${example}
`.trim();
