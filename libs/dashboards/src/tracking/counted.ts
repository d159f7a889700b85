/** How tracking events count, in the words of every dashboard of theirs. */
export const COUNTED =
  'Days are days of UTC, both ends included; without them, the last 30 days. An event counts on ' +
  'the day on which it happened by the sender’s clock, however late it comes; one that claims to ' +
  'be over 24 hours ahead of its receipt counts on the day of its receipt. Nothing is left out: ' +
  'tracking events do not say whether they are of a test, and robots are not told from people. ' +
  '`asOf` tells up to when what was stored is in the figures.';
