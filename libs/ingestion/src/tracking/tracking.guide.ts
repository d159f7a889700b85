import {
  COCKPIT_BUY_EVENT_TYPES,
  COCKPIT_CREATE_EVENT_TYPES,
  COCKPIT_CREATED_EVENT_TYPES,
  PAGE_VIEW_EVENT_TYPES,
} from '#libs/contracts';
import {
  batchGuide,
  BEACONS,
  corsGuide,
  FIELDS,
  guideOf,
  limitsGuide,
  READING,
} from '../door.guide.js';

const inCode = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

/** What events of some types require beside what all do. */
const line = (types: readonly string[], ...fields: readonly string[]): string =>
  `- ${inCode(types)}: ${fields.length === 0 ? 'nothing more' : inCode(fields)}.`;

const TYPES = `
Beside \`sessionId\`, \`trackId\`, \`url\`, \`path\`, \`timestamp\` and \`eventType\`, which all require:

${line(PAGE_VIEW_EVENT_TYPES)}
${line(COCKPIT_CREATE_EVENT_TYPES, 'flow', 'step', 'cockpitSessinoId')}
${line(COCKPIT_CREATED_EVENT_TYPES, 'flow', 'step', 'cockpitSessinoId', 'productSlug')}
${line(COCKPIT_BUY_EVENT_TYPES, 'flow', 'step', 'productSlug')}

In the schema each of these lines is a variant of its own, told apart by \`eventType\`.
`;

const SPELLING = `
No: the contract spells it \`cockpitSessinoId\`, and keeps doing so. \`cockpitSessionId\` is taken as
well, and stored and shown as the same field. Both at once have to say the same.
`;

const AGAIN = `
No answer, or a 408? Send the same event again, as often as you like: it is stored once. What makes it
the same is its \`eventId\` together with its \`timestamp\`; without an \`eventId\`, its whole content, so
do not make a new time for a retry. The same id and time with other content is a conflict: it is
answered 204 too, the first one wins, and the receipt shows the other. Any other 4xx is final, and
after a 202 there is nothing to do.
`;

/** What front ends ask at this door. */
export const trackingGuide = (bodyLimit: number): string =>
  guideOf('No key, any origin; a page does not wait for the answer.', {
    'Which event requires which fields?': TYPES,
    'Is cockpitSessinoId misspelt?': SPELLING,
    'No answer came. May I send it again?': AGAIN,
    'By fetch, or as a beacon?': BEACONS,
    'CORS: from which origin, with which headers?': corsGuide('content-type'),
    'Which fields may be null, and which are changed?': FIELDS,
    'How large, and how fast?': limitsGuide(bodyLimit),
    'When can it be read?': READING,
  });

/** What they ask where they send several at once. */
export const trackingBatchGuide = (most: number, bodyLimit: number): string =>
  batchGuide({
    for: 'For what a page had to hold back.',
    most: `${most} events`,
    bodyLimit,
    example: 'The third event of the example lacks what its type requires, on purpose.',
  });
