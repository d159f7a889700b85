import type { RetryRejectedEventsDto } from './retry-rejected-events.dto.js';
import type { RetryReport } from './retry-report.dto.js';

const AN_ID = '5f0c9a4e-3f5b-8d2a-9c1e-7b6a5d4c3b2a';
const ANOTHER_ID = '9d3b6f1c-77aa-8b0e-a1c4-2f5e8d7c6b5a';

/** What an administrator may send, for the page. */
export const RETRY_EXAMPLES = {
  afterAnOffer: {
    summary: 'What was refused for an offer that exists now',
    value: { filter: { state: 'refused', reason: 'breach', offerId: 'offer-1' } },
  },
  everything: {
    summary: 'Everything that a retry can help, a hundred at a time',
    value: { filter: {}, limit: 100 },
  },
  byId: {
    summary: 'One event, by the id that the list of rejected events shows',
    value: { ids: [AN_ID] },
  },
} satisfies Record<string, { summary: string; value: RetryRejectedEventsDto }>;

/** What may be answered, for the page. */
export const RETRY_REPORT_EXAMPLE: RetryReport = {
  matched: 2,
  retried: 1,
  stillRefused: 1,
  notRetryable: 0,
  failed: 0,
  items: [
    {
      id: AN_ID,
      eventId: 'event-1',
      verdict: 'retried',
      breaches: [],
      explanation: 'It is in the event log again. Its receipt tells when it is stored.',
    },
    {
      id: ANOTHER_ID,
      eventId: 'event-2',
      verdict: 'still_refused',
      breaches: [{ field: 'sessionId', reason: 'is required' }],
      explanation: 'It still breaks its contract, as `breaches` says.',
    },
  ],
  nextCursor: null,
};
