/**
 * Plausible raw events of whole days, made by SQL: of each table one statement a day. $1 the day,
 * $2 how many events there shall be, about. The same day makes the same events.
 */

/** A number from 0 up to `below`, by what it is of. */
const chance = (of, below) => `(hashtext(${of}) & 2147483647) % ${below}`;

/** How many there are of each, however many events. */
export const SHOPS = { offers: 500, producers: 60, assets: 2000, creators: 200, organizations: 20 };

const STEPS = [
  ['checkout_page_view', null],
  ['checkout_session_started', null],
  ['checkout_identification_started', 'identification'],
  ['checkout_identification_completed', 'identification'],
  ['checkout_step_advanced', 'address'],
  ['checkout_address_started', 'address'],
  ['checkout_address_completed', 'address'],
  ['checkout_payment_method_selected', 'payment'],
  ['checkout_payment_data_started', 'payment'],
  ['checkout_submit_clicked', 'payment'],
  ['checkout_conversion_success', 'payment'],
];
const list = (values) => values.map((value) => (value ? `'${value}'` : 'NULL')).join(', ');

/** Sessions go on for two to eleven steps, six and a half in the mean. */
const CHECKOUT = `
  INSERT INTO checkout_events (
    event_id, event_name, session_id, offer_id, product_id, producer_id, checkout_type, checkout_mode,
    step, email, payment_method, event_timestamp, execution_environment, full_hostname, root_domain,
    received_at
  )
  SELECT md5(session || '-' || n)::uuid::text, (ARRAY[${list(STEPS.map(([name]) => name))}])[n],
         'session-' || session, 'offer-' || offer, 'product-' || offer / 3,
         'producer-' || offer % ${SHOPS.producers}, (ARRAY['standard', '3steps'])[1 + offer % 2], 'transparent',
         (ARRAY[${list(STEPS.map(([, step]) => step))}])[n],
         CASE WHEN n = 4 THEN session || '@example.com' END,
         CASE WHEN n >= 8 THEN (ARRAY['pix', 'credit_card', 'boleto'])[1 + ${chance('session', 3)}] END,
         moment + n * interval '20 seconds', CASE WHEN ${chance("session || 'e'", 50)} = 0 THEN 'sandbox' ELSE 'production' END,
         'shop-' || offer % 40 || '.example.com', 'example.com', moment + n * interval '20 seconds'
  FROM (
    SELECT $1::text || '-' || s AS session, ${chance("'offer' || s", SHOPS.offers)} AS offer,
           2 + ${chance("$1::text || 'depth' || s", 10)} AS depth,
           $1::date::timestamp AT TIME ZONE 'UTC' + s * interval '23 hours' / greatest($2::int / 6.5, 1) AS moment
    FROM generate_series(1, ($2::int / 6.5)::int) AS s
  ) AS sessions, generate_series(1, depth) AS n
`;

/** Both tables of an analytics event at once. */
const ANALYTICS = `
  WITH made AS (
    SELECT md5($1::text || 'analytics' || s)::uuid AS id,
           $1::date::timestamp AT TIME ZONE 'UTC' + s * interval '23 hours 59 minutes' / $2::int AS moment,
           ${chance("'asset' || s", SHOPS.assets)} AS asset, ${chance('$1::text || s / 4', 40_000)} AS visitor,
           ${chance("$1::text || 'kind' || s", 100)} AS kind
    FROM generate_series(1, $2::int) AS s
  ), told AS (
    INSERT INTO attribution (event_id, occurred_at, utm_source, referrer, device_type, browser, os, is_bot)
    SELECT id, moment, (ARRAY['google', 'newsletter', NULL, 'instagram'])[1 + visitor % 4],
           CASE WHEN visitor % 3 > 0 THEN 'https://site-' || visitor % 15 || '.example/' END,
           'desktop', 'Firefox', 'Linux', visitor % 97 = 0
    FROM made
  )
  INSERT INTO events (
    id, occurred_at, source, event_type, actor_type, actor_id, entity_type, entity_id, ip_asset_id, license_id,
    user_id, session_id, props_json, received_at
  )
  SELECT id, moment, CASE WHEN kind >= 97 THEN 'api' ELSE 'web' END, name,
         CASE WHEN visitor % 5 = 0 THEN 'user' END, CASE WHEN visitor % 5 = 0 THEN 'user-' || visitor END,
         'asset', 'asset-' || asset, 'asset-' || asset,
         CASE WHEN name = 'license_created' THEN 'license-' || id END,
         CASE WHEN visitor % 5 = 0 THEN 'user-' || visitor END, 'visit-' || $1::text || '-' || visitor,
         CASE name WHEN 'license_created' THEN jsonb_build_object('revenueCents', 1000 + asset * 7)
                   WHEN 'asset_viewed' THEN jsonb_build_object('engagementTime', visitor % 200) END,
         moment
  FROM (
    SELECT *, CASE WHEN kind < 75 THEN 'asset_viewed' WHEN kind < 87 THEN 'asset_downloaded'
                   WHEN kind < 95 THEN 'license_clicked' WHEN kind < 97 THEN 'asset_shared'
                   ELSE 'license_created' END AS name
    FROM made
  ) AS named
`;

/** Four page views to one event of a cockpit. */
const TRACKING = `
  INSERT INTO tracking_events (
    event_id, event_type, session_id, track_id, url, path, flow, step, cockpit_sessino_id, product_slug,
    event_timestamp, received_at
  )
  SELECT md5($1::text || 'tracking' || s)::uuid::text, type, 'visit-' || $1::text || '-' || visitor,
         'visitor-' || visitor, 'https://cockpit.example' || path, path,
         CASE WHEN is_cockpit THEN (ARRAY['FILE', 'EVENT', 'PROJECT'])[1 + visitor % 3] END,
         CASE WHEN is_cockpit THEN 'step-' || stage END,
         CASE WHEN is_cockpit THEN 'cockpit-' || $1::text || '-' || visitor END,
         CASE WHEN is_cockpit AND stage > 2 THEN 'product-' || visitor % 300 END, moment, moment
  FROM (
    SELECT *, s % 5 = 0 AS is_cockpit, '/pages/' || ${chance("'path' || s", 400)} AS path,
           CASE WHEN s % 5 > 0 THEN 'PAGEVIEW'
                ELSE (ARRAY['COCKPIT_CREATE_LAUNCH', 'COCKPIT_CREATE_STEP', 'COCKPIT_CREATE_SUCCESS',
                            'COCKPIT_BUY_LAUNCH', 'COCKPIT_BUY_PAYMENT', 'COCKPIT_BUY_PURCHASE'])[1 + stage] END AS type
    FROM (
      SELECT s, ${chance('$1::text || s / 6', 20_000)} AS visitor, ${chance("$1::text || 'stage' || s", 6)} AS stage,
             $1::date::timestamp AT TIME ZONE 'UTC' + s * interval '23 hours 59 minutes' / $2::int AS moment
      FROM generate_series(1, $2::int) AS s
    ) AS visits
  ) AS typed
`;

/** Three orders are completed to one that is created only; some are paid back. */
const COMMERCE = `
  INSERT INTO commerce_events (
    idempotency_key, event_time, wire, transport, event_name, event_type, event_id, organization_id,
    user_id, session_id, order_id, amount, amount_minor, currency, data, received_at
  )
  SELECT jsonb_build_array('nats', name, number)::text, moment, 'envelope', 'nats', name, name, number,
         'organization-' || organization, 'buyer-' || s % 5000, 'session-' || $1::text || '-' || s, number,
         (minor / 100.0)::numeric(12, 2)::text, minor, (ARRAY['USD', 'BRL', 'EUR'])[1 + organization % 3],
         jsonb_build_object('order_id', number), moment
  FROM (
    SELECT s, 'order-' || $1::text || '-' || s / 2 AS number, ${chance('$1::text || s / 2', SHOPS.organizations)} AS organization,
           1000 + ${chance("$1::text || 'amount' || s / 2", 20_000)} AS minor,
           CASE WHEN s % 2 = 0 THEN 'order.created' WHEN s % 40 = 1 THEN 'order.refunded' ELSE 'order.completed' END AS name,
           $1::date::timestamp AT TIME ZONE 'UTC' + s * interval '23 hours 59 minutes' / $2::int AS moment
    FROM generate_series(1, $2::int) AS s
  ) AS orders
`;

/** What each table has of all events. */
export const FILLS = [
  { table: 'checkout_events', share: 0.6, statement: CHECKOUT },
  { table: 'events', share: 0.2, statement: ANALYTICS },
  { table: 'tracking_events', share: 0.15, statement: TRACKING },
  { table: 'commerce_events', share: 0.05, statement: COMMERCE },
];

/** Who made which asset, as a file of the catalogue. */
export const ASSETS_CSV = [
  'assetId,title,creatorId',
  ...Array.from(
    { length: SHOPS.assets },
    (_, n) => `asset-${n},Asset ${n},creator-${n % SHOPS.creators}`,
  ),
  '',
].join('\n');
