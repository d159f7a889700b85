import {
  batchGuide,
  BEACONS,
  corsGuide,
  FIELDS,
  guideOf,
  limitsGuide,
  READING,
} from './door.guide.js';

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

/** What front ends ask at their door. */
export const checkoutGuide = (bodyLimit: number): string =>
  guideOf(
    'No key, any origin; a checkout does not wait for the answer. `offerId` has to name an offer ' +
      'that Footfall knows: its product and producer are resolved here and must not be sent.',
    {
      'No answer came. May I send it again?': AGAIN,
      'What if two events have the same id?': CONFLICTS,
      'By fetch, or as a beacon?': BEACONS,
      'CORS: from which origin, with which headers?': corsGuide('content-type'),
      'Which fields may be null, and which are changed?': FIELDS,
      'How large, and how fast?': limitsGuide(bodyLimit),
      'When can it be read?': READING,
    },
  );

/** What they ask where they send several at once. */
export const checkoutBatchGuide = (most: number, bodyLimit: number): string =>
  batchGuide({
    for: 'For what a front end had to hold back.',
    most: `${most} events`,
    bodyLimit,
    example: 'The third event of the example is misspelt on purpose.',
  });
