import { folded } from '#libs/platform';

const ANSWERS = `
| answer | means |
| --- | --- |
| \`{"tracked":true,"eventId":"…"}\` | Kept: it survives a crash. |
| \`{"tracked":false,"reason":"dnt"}\` | Nothing is stored: the browser sent \`DNT: 1\` or \`Sec-GPC: 1\`. |
| \`{"tracked":false,"eventId":null}\` | Not kept, by a fault of Footfall's; it is logged and counted. Go on. |

All three are 202: tracking never fails for our reasons.
`;

const RIGHTS = `
Anybody may send what visitors do: events of the sources \`web\` and \`mobile\`. These need an ingest
key (scope \`ingest:analytics\`) or the token of an administrator, or they are 401, and \`breaches\` names
the field:

- events of licences, royalties and payouts (\`license_…\`, \`royalty_…\`, \`payout_…\`),
- the sources \`api\`, \`system\` and \`webhook\`,
- \`revenueCents\` and \`feeCents\` in \`props\`.
`;

const IDENTITY = `
Who acts is said by the token of a user (\`Authorization: Bearer\`), or by \`context\` where a server
sends it with an ingest key; \`context\` of anybody else is not read. Device, browser and operating
system come from the \`User-Agent\` of a browser, and from \`context\`, else from \`props.userAgent\`,
where a server speaks. Bots are flagged, never dropped.
`;

const RETRIES = `
With the same \`idempotencyKey\`, as often as you like: it is stored once, and answered the same
\`eventId\`, whatever \`occurredAt\` says. Without one, each request is an event of its own. Keys of
browsers, of users and of servers never meet.
`;

const LIMITS = `
100 events a minute of one user, else of one session, else of one address, each event of a batch
counting; 1 000 a minute of all sessions of one address. Over it: 429 with \`Retry-After\`. Ingest keys
have a limit of their own. An event: 102 400 bytes, 8 levels, 64 fields.
`;

/** What senders ask at this door. */
export const ANALYTICS_GUIDE = [
  'For web pages and servers of a creators’ platform. No key is needed, from any origin, for what ' +
    'visitors do.',
  folded('What do the answers mean?', ANSWERS),
  folded('Who may send what?', RIGHTS),
  folded('Who is it that acts, and on what device?', IDENTITY),
  folded('May I send it again?', RETRIES),
  folded('How large, and how fast?', LIMITS),
].join('\n\n');
