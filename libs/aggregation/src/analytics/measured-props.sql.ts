/** What both JavaScript and `bigint` tell exactly. */
const MOST = Number.MAX_SAFE_INTEGER;

const said = (name: string): string => `(props_json -> '${name}')`;

/** SQL of a number in `props` that fits; null where it is none. Casts nothing that cannot be cast. */
const numberOf = (name: string, fits: string): string => `
  CASE WHEN jsonb_typeof(${said(name)}) = 'number' THEN
    CASE WHEN ${said(name)}::numeric ${fits} THEN ${said(name)}::numeric END
  END
`;

/** A whole number of cents; null where it is none. */
export const REVENUE = numberOf(
  'revenueCents',
  `BETWEEN -${MOST} AND ${MOST} AND ${said('revenueCents')}::numeric % 1 = 0`,
);

/** Something is said of revenue, and it is no whole number of cents. */
export const IS_INVALID_REVENUE = `
  (coalesce(jsonb_typeof(${said('revenueCents')}), 'null') <> 'null' AND (${REVENUE}) IS NULL)
`;

/** How long somebody stayed, in whatever unit senders measure; null where it is no such number. */
export const ENGAGEMENT = numberOf('engagementTime', `BETWEEN 0 AND ${MOST}`);

/** The revenue of some events. A sum too large for its column ends at what the column holds. */
export const revenueOf = (condition = 'true'): string => `
  least(greatest(
    coalesce(sum(${REVENUE}) FILTER (WHERE ${condition}), 0),
    -9223372036854775807), 9223372036854775807)::bigint
`;
