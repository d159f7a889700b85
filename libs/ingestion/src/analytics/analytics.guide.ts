import { batchGuide, corsGuide, FIELDS, guideOf, limitsGuide, spaced } from '../door.guide.js';
import { MOST_OF_AN_ADDRESS, MOST_OF_ONE } from './allowances.js';

const ANSWERS = `
All of them are 202, since tracking never fails for our reasons; the body tells them apart:

- \`{"tracked":true,"eventId":"…"}\`: kept, it survives a crash.
- \`{"tracked":false,"reason":"dnt"}\`: nothing is stored, as a privacy signal asks.
- \`{"tracked":false,"eventId":null}\`: not kept, by a fault of Footfall's; it is logged and counted.

There is nothing to do about any of them.
`;

const PRIVACY = `
A request with \`DNT: 1\` or \`Sec-GPC: 1\`, exactly \`1\`, leaves nothing behind: no event, no sample of
what was refused, no count against a limit. With an ingest key both are not read: a server has heard
its visitors itself.
`;

const RIGHTS = `
Anybody may send what visitors do: events of the sources \`web\` and \`mobile\`. These need an ingest
key (scope \`ingest:analytics\`) or the token of an administrator, or they are 401, and \`breaches\` names
the field:

- events of licences, royalties and payouts (\`license_…\`, \`royalty_…\`, \`payout_…\`);
- the sources \`api\`, \`system\` and \`webhook\`;
- \`revenueCents\` and \`feeCents\` in \`props\`, whole cents of the platform's currency.
`;

const IDENTITY = `
Who acts is said by the token of a user, or by \`context\` where a server sends it with an ingest key;
\`context\` of anybody else is not read. Device, browser and operating system come from the
\`User-Agent\` of a browser, and from \`context\`, else from \`props.userAgent\`, where a server speaks.
Bots are flagged, never dropped.
`;

const RETRIES = `
With the same \`idempotencyKey\`, as often as you like: it is stored once, and answered the same
\`eventId\`, whatever \`occurredAt\` says and however late it comes. Without one, each request is an
event of its own. Keys of browsers, of users and of servers never meet.
`;

const RATE =
  `${MOST_OF_ONE} events a minute of one user, else of one session, else of one address, each event of ` +
  `a batch counting; ${spaced(MOST_OF_AN_ADDRESS)} a minute of all sessions of one address. Over it: ` +
  '429, and `Retry-After` says how many seconds to wait. Ingest keys have a limit of their own.';

/** What senders ask at this door. */
export const analyticsGuide = (bodyLimit: number): string =>
  guideOf(
    'For web pages and servers of a creators’ platform. No key is needed, from any origin, for what ' +
      'visitors do.',
    {
      'What do the answers mean?': ANSWERS,
      'Who may send what?': RIGHTS,
      'Who is it that acts, and on what device?': IDENTITY,
      'What if a visitor does not want to be tracked?': PRIVACY,
      'May I send it again?': RETRIES,
      'CORS: from which origin, with which headers?': corsGuide('content-type', 'authorization'),
      'Which fields may be null, and which are changed?': FIELDS,
      'How large, and how many?': limitsGuide(bodyLimit, RATE),
    },
  );

interface MostByTrust {
  readonly key: number;
  readonly user: number;
  readonly anonymous: number;
}

/** What they ask where they send several at once. */
export const analyticsBatchGuide = (
  { key, user, anonymous }: MostByTrust,
  bodyLimit: number,
): string =>
  batchGuide({
    for: 'For servers, and for what a page had to hold back.',
    most: `${key} events with an ingest key, ${user} with the token of a user, ${anonymous} otherwise,`,
    bodyLimit,
    also: ['| `skipped` | Nothing is stored, as a privacy signal asks. | Nothing. |'],
    example:
      'What its sender may not say is `rejected` too. The second event of the example lacks its ' +
      '`entityType` on purpose.',
  });
