import { batchGuide, FIELDS, guideOf, limitsGuide, READING } from '../door.guide.js';
import { COMMERCE_STREAM } from '../nats/commerce-stream-name.js';

/** What is said of the 200. */
export const COMMERCE_KEPT =
  'Kept: it survives a crash. The body is empty, which lets the HTTP client keep its connection.';

/** What is said of the 503. */
export const COMMERCE_LOST =
  'Not kept, by a fault of Footfall’s, or your key cannot be judged now. Send it again when ' +
  '`Retry-After` says.';

const SENDERS = `
Server to server only, so there is no CORS. One of:

- a key with the scope \`ingest:commerce\`: \`Authorization: Bearer <key>\`, \`x-api-key: <key>\`, or Basic
  with the key as password, as a client sends it whose endpoint is \`https://any:<key>@host\`;
- a request without credentials from a network that the operator trusts
  (\`COMMERCE_TRUSTED_NETWORKS\`, by the address of the connection, never a forwarded one), or from the
  same machine while Footfall listens there only and no proxy stands in front.

Otherwise 401; with a key that lacks the scope, or the token of a user, 403. Credentials that are sent
are judged, wherever they come from. A key that is bound to an organization sends what bears its
\`organization_id\`, and nothing else: another's is 403, and \`rejected\` in a batch.
`;

const MONEY = `
Amounts are decimals in major units (\`59.97\`), as a number or as text; \`amount_cents\` alone is in minor
units. They are kept as they came, and shown beside it as \`amountMinor\`, in whole minor units of the
currency: two decimals for USD, none for JPY, three for KWD, half rounded away from zero. No currency
means USD; one that does not exist is kept, and \`amountMinor\` is null.
`;

const SAME = `
It is one event for whoever asks: \`order_completed\` and \`order.completed\` are shown with the same
\`eventType\`. Names that nobody knows yet are taken too.
`;

const questions = (bodyLimit: number): Readonly<Record<string, string>> => ({
  'Who may send?': SENDERS,
  'How is money written?': MONEY,
  'With an underscore, or with a dot?': SAME,
  'Which fields may be null, and which are changed?': FIELDS,
  'How large, and how fast?': limitsGuide(bodyLimit),
  'When can it be read?': READING,
});

const ENVELOPE_AGAIN = `
Anything but a 200 or a 4xx: send the same again. It is stored once, by \`organization_id\`, \`type\`, \`id\`
and \`timestamp\` together, the time as it is spelt. \`id\` is that of the order, say, and alone tells no
event from another: two refunds of one order differ in their time only.
`;

const NATS = `
The same envelopes may be published to the JetStream stream \`${COMMERCE_STREAM}\`, under \`commerce.>\`, where the
operator has set \`NATS_URL\`. A message is acknowledged once its event survives a crash, and
set aside with the rejected events where it breaks the contract.
`;

const PARTS = `
They are kept as they come and checked leniently: a malformed one never costs the order, and
\`GET /events/commerce\` names it in \`malformedParts\`. \`em\` and \`ph\` are hashed by you: SHA-256, in
hex, of the text trimmed and in lower case.
`;

/** What back ends ask that send envelopes. */
export const envelopeGuide = (bodyLimit: number): string =>
  guideOf(
    'Orders, referrals and payouts in the envelope that the publisher sends over NATS. 200 with an ' +
      'empty body says that the event survives a crash of this server.',
    {
      'May I send it again?': ENVELOPE_AGAIN,
      'What about ga4 and facebook_capi?': PARTS,
      'May I publish it instead?': NATS,
      ...questions(bodyLimit),
    },
  );

/** What they ask where they send several at once. */
export const envelopeBatchGuide = (most: number, bodyLimit: number): string =>
  batchGuide({
    for: 'For back ends that catch up.',
    most: `${most} events`,
    bodyLimit,
    example: 'The third event of the example lacks its time on purpose.',
  });

const COLLECTED_AGAIN = `
The client does not. Whoever does: an event is stored once where it has an \`event_id\`;
\`order_completed\` also by its \`organization_id\` and \`order_id\`, and \`contributor_payout_sent\` by its
\`organization_id\` and \`properties.payout_id\`. Any other request is an event of its own.
`;

const PATHS = `
\`/event\` and \`/events\`, at the root and under \`/v1/analytics\`. The client puts \`/event\` behind its
endpoint as that is written, so two slashes do no harm: \`//event\` is answered like \`/event\`. Each takes
one event; \`/events/batch\` takes several.
`;

/** What back ends ask that use the HTTP client. */
export const collectorGuide = (bodyLimit: number): string =>
  guideOf(
    'For back ends with the commerce HTTP client: its wire exactly. Only `event` is required, and any ' +
      'name is taken. 200 with an empty body, the only success that the client knows, says that the ' +
      'event survives a crash of this server.',
    {
      'To which path?': PATHS,
      'May I send it again?': COLLECTED_AGAIN,
      ...questions(bodyLimit),
    },
  );

/** What they ask where they send several at once. */
export const collectorBatchGuide = (most: number, bodyLimit: number): string =>
  batchGuide({
    for: 'For back ends that send more than a few: each member is an event as the HTTP client sends it.',
    most: `${most} events`,
    bodyLimit,
    example: 'The third event of the example leaves out on purpose what happened.',
  });
