export const FIGURES = 'The figures, with what they are about.';
export const QUESTION_BROKEN = 'The question breaks its rules.';

/** How days are told apart. */
export const DAYS_OF_COMMERCE =
  'Days are days of UTC, both ends included; of the last 30 days, with today as the last of them, ' +
  'where the question does not say. An event counts on the day on which it happened by the ' +
  'sender’s clock, or was received where it says no time, however late it comes; one that claims ' +
  'to be over 24 hours ahead of its receipt counts on the day of its receipt. The answer says ' +
  'which days and filters it is about, up to when it is complete, and whether its last day is over.';

/** How income is counted. */
export const INCOME =
  'An order is an `order_id` of an organization. It is income once, at its first ' +
  '`order.completed`, over either transport and however often it comes. A refund in the order’s ' +
  'currency reduces it; a cancellation after the completion takes back what refunds leave. Each ' +
  'counts on the day on which it happened, so that the net of a day may be negative. Credits, ' +
  'commissions and payouts are money out: they are shown beside the income, and never taken off ' +
  'it. Amounts are whole minor units of their currency, which are never put together; what cannot ' +
  'be read is in no total, and is counted under `leftOut`.';
