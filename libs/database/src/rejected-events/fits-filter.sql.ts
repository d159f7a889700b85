import type { RejectedEventFilter } from '#libs/contracts';

/**
 * Whether a row of `rejected_events` fits a filter, but for its state, which each question asks in
 * a way of its own: $1 to $6 are what `filterValues` answers. What is listed by a filter is what is
 * sent again by it.
 */
export const FITS_FILTER = `
  ($1::text IS NULL OR reason = $1)
  AND ($2::text IS NULL OR contract = $2)
  AND ($3::text IS NULL OR offer_id = $3)
  AND ($4::text IS NULL OR event_id = $4)
  AND ($5::timestamptz IS NULL OR received_at >= $5)
  AND ($6::timestamptz IS NULL OR received_at < $6)
`;

type Values = Readonly<Record<keyof Omit<RejectedEventFilter, 'state'>, string | null>>;

/** The parameters of `FITS_FILTER`; null asks for nothing. */
export function filterValues(filter: RejectedEventFilter): readonly (string | null)[] {
  const values: Values = {
    reason: filter.reason ?? null,
    contract: filter.contract ?? null,
    offerId: filter.offerId ?? null,
    eventId: filter.eventId ?? null,
    from: filter.from ?? null,
    to: filter.to ?? null,
  };
  return Object.values(values);
}
