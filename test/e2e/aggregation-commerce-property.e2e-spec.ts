import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import { createHash } from 'node:crypto';
import { COMMERCE_DAILY } from '#libs/aggregation';
import type { CommerceEvent } from '#libs/contracts';
import { CommerceDashboards, CommerceDashboardsModule, CommerceLedgers } from '#libs/dashboards';
import { Database } from '#libs/database';
import type { AcceptedEvent } from '#libs/event-log';
import { ANONYMOUS } from '#libs/platform';
import { Test, type TestingModule } from '@nestjs/testing';
import * as fc from 'fast-check';
import { startAggregation, type TestAggregation } from '../support/aggregation.js';
import { aReceipt } from '../support/event-writer-records.js';
import {
  openDatabase,
  startWriter,
  surroundings,
  type TestDatabase,
  type TestWriter,
} from '../support/event-writer.js';
import {
  type Fact,
  naiveAnswers,
  naiveDays,
  naiveLedger,
  naiveOrders,
  storedFacts,
} from '../support/naive-commerce.js';
import { createDatabase } from '../support/postgres.mjs';

jest.setTimeout(240_000);

const DAY_MS = 86_400_000;
const MONDAY = Date.parse('2026-01-05T00:00:00Z');
const WEEK = ['2026-01-05', '2026-01-11'] as const;

const NAMES = [
  'order.created',
  'order.completed',
  'order.canceled',
  'order.refunded',
  'referral.link_created',
  'referral.claimed',
  'referral.credit_granted',
  'referral.commission_earned',
  'referral.tier_upgraded',
  'referral.payout_sent',
  'contributor.registered',
  'contributor.payout_calculated',
  'contributor.payout_sent',
  'cart.updated',
  'something.new',
] as const;

/** Few values of each, so that events meet: at an order, at a moment, at midnight. */
const moments = fc.oneof(
  fc.integer({ min: 0, max: 3 }).map((step) => MONDAY + DAY_MS - 2 + step),
  fc.integer({ min: 0, max: 4 * DAY_MS }).map((ms) => MONDAY + ms),
  fc.constantFrom(0, 4_102_444_800_000),
);
const perhaps = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const orderly = fc.constantFrom('order.completed', 'order.refunded', 'order.canceled');

const sendings = fc.record({
  name: fc.oneof(orderly, fc.constantFrom(...NAMES)),
  transport: fc.constantFrom('http', 'nats', 'nats'),
  organization: fc.constantFrom('acme', 'acme', 'tea-shop', ''),
  order: fc.constantFrom('o1', 'o1', 'o2', ''),
  user: fc.constantFrom('u1', 'u2', ''),
  session: perhaps(fc.constantFrom('s1', 's2')),
  amount: perhaps(fc.constantFrom(59.97, 10, 0, 1.005, '2.5', '12,50', -3, 100)),
  currency: perhaps(fc.constantFrom('USD', 'eur', 'JPY', 'KWD', 'CREDITS', '', 'EUR', 'EUR')),
  code: fc.constantFrom('R1', 'R2', ''),
  period: fc.constantFrom('2026-01', '2026-02', ''),
  payout: fc.constantFrom('po1', 'po2', ''),
  timed: fc.boolean(),
  at: moments,
  receivedAt: fc.integer({ min: 0, max: 5 * DAY_MS }).map((ms) => MONDAY + ms),
  /** Sent once more, later. */
  again: fc.integer({ min: 0, max: 6 }).map((roll) => roll === 0),
});
type Sending = typeof sendings extends fc.Arbitrary<infer Value> ? Value : never;

const happenings = fc.constantFrom('nothing', 'project', 'crash', 'roll up', 'fold all again');
type Happening = typeof happenings extends fc.Arbitrary<infer Value> ? Value : never;

const stories = fc.record({
  sendings: fc.array(sendings, { minLength: 1, maxLength: 50 }),
  batches: fc.array(fc.record({ size: fc.integer({ min: 1, max: 15 }), then: happenings }), {
    minLength: 1,
    maxLength: 10,
  }),
});

const AMOUNT_OF: Readonly<Record<string, string>> = {
  'order.refunded': 'refunded_amount',
  'referral.commission_earned': 'commission',
};

/** As the helper of its transport sends it. */
function eventOf(sending: Sending): CommerceEvent {
  const { name, amount, currency, organization, order, user, session } = sending;
  const isOrder = name.startsWith('order.');
  const data = {
    ...(amount !== undefined && { [AMOUNT_OF[name] ?? (isOrder ? 'revenue' : 'amount')]: amount }),
    ...(currency !== undefined && { currency }),
    ...(isOrder || name === 'referral.commission_earned' ? { order_id: order } : {}),
    referral_code: sending.code,
    referee_id: user,
    referrer_id: 'u9',
    period_month: sending.period,
    ...(name.endsWith('payout_sent') && { payout_id: sending.payout }),
    previous_tier: 'bronze',
    new_tier: sending.code,
    referral_count: '10',
  };
  const timestamp = new Date(sending.at).toISOString();
  if (sending.transport === 'nats') {
    return {
      id: isOrder ? order : sending.payout,
      type: name,
      timestamp,
      organization_id: organization,
      user_id: user,
      ...(session !== undefined && { session_id: session }),
      data,
    };
  }
  return {
    event: name.replace('.', '_'),
    organization_id: organization,
    distinct_id: user,
    order_id: isOrder ? order : '',
    properties: session === undefined ? data : { ...data, session_id: session },
    ...(sending.timed && { timestamp }),
  };
}

function recordsOf(all: readonly Sending[]): AcceptedEvent[] {
  const records = all.map((sending, index): AcceptedEvent => ({
    kind: 'event',
    contract: 'commerce',
    event: eventOf(sending),
    receipt: aReceipt({ receivedAt: sending.receivedAt }),
    offer: null,
    added: {
      wire: sending.transport === 'nats' ? 'envelope' : 'collector',
      transport: sending.transport,
      once: `once-${index}`,
    },
  }));
  return [...records, ...records.filter((_, index) => all[index]!.again)];
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
/** As the projections break it: by the MD5 of the key. */
const tie = (a: Fact, b: Fact): number => (md5(a.key) < md5(b.key) ? -1 : 1);

const inOrder = (rows: readonly object[]): string[] => {
  const keyed = rows.map((row) => JSON.stringify(row, Object.keys(row).toSorted()));
  return keyed.toSorted();
};

const MICROS = (column: string): string => `(extract(epoch FROM ${column}) * 1000000)::float8`;

describe('random commerce events over both transports in random batches', () => {
  let scratch: Awaited<ReturnType<typeof createDatabase>>;
  let database: TestDatabase;
  let writing: TestWriter;
  let aggregation: TestAggregation;
  let testing: TestingModule;

  beforeAll(async () => {
    scratch = await createDatabase();
    database = await openDatabase(scratch.url);
    aggregation = await startAggregation(database);
    testing = await Test.createTestingModule({
      imports: [
        surroundings([{ provide: Database, useValue: database }]),
        CommerceDashboardsModule,
      ],
    }).compile();
  });
  beforeEach(async () => {
    writing = await startWriter(database);
  });
  afterEach(() => writing.stop());
  afterAll(async () => {
    await database.close();
    await scratch.drop();
  });

  const empty = () =>
    database.query(`TRUNCATE commerce_events, event_keys, rejected_events, writer_batches,
      projector_cursors, touched_days, order_facts, orders, payouts, referrals, commerce_daily`);
  const write = async (records: readonly AcceptedEvent[]) => {
    await writing.log.append(records);
    await writing.log.drained();
  };

  const storedOrders = () =>
    database.query<object>(`
      SELECT organization_id AS "organizationId", order_id AS "orderId",
             session_id AS "sessionId", ${MICROS('created_at')} AS "createdAt",
             ${MICROS('completed_at')} AS "completedAt", ${MICROS('canceled_at')} AS "canceledAt",
             amount_minor::float8 AS "amountMinor", currency,
             refunded_minor::float8 AS "refundedMinor", creations, completions, cancellations,
             refunds, left_out_refunds AS "leftOutRefunds"
      FROM orders
    `);
  const storedLedger = () =>
    database.query<object>(`
      SELECT organization_id AS organization, kind, ${MICROS('happened_at')} AS at,
             amount_minor::float8 AS minor, coalesce(currency, '') AS currency
      FROM (SELECT organization_id, kind, happened_at, amount_minor, currency FROM payouts
            UNION ALL
            SELECT organization_id, kind, happened_at, amount_minor, currency FROM referrals) AS l
    `);
  /** Without the figures that are 0. */
  const storedDays = async () => {
    const rows = await database.query(
      `SELECT day::text, to_jsonb(commerce_daily) - 'day' - 'dimensions' - 'newest_received_at' AS row
       FROM commerce_daily`,
    );
    return rows.map(({ day, row }) => {
      const fields = Object.entries(row as Record<string, unknown>)
        .map(([column, value]): [string, unknown] => [camel(column), value])
        .filter(([name, value]) => value !== 0 || name === 'eventType');
      return { day, ...Object.fromEntries(fields) };
    });
  };

  /** What the dashboards say of the week, of all organizations. */
  const answered = async () => {
    const week = { from: WEEK[0], to: WEEK[1] };
    const figures = testing.get(CommerceDashboards);
    const ledgers = testing.get(CommerceLedgers);
    const { currencies, leftOut } = await figures.revenue(week, ANONYMOUS);
    const { items: types } = await figures.eventTypes(week, ANONYMOUS);
    const { funnel } = await ledgers.referrals({ ...week, limit: 1000 }, ANONYMOUS);
    const { items: orders } = await ledgers.orders({ ...week, limit: 1000 }, ANONYMOUS);
    const { items: payouts } = await ledgers.payouts({ ...week, limit: 1000 }, ANONYMOUS);
    return {
      revenue: currencies
        .filter(({ days }) => days.length > 0)
        .map(({ currency, netMinor, averageOrderMinor, refundRate }) => ({
          currency,
          netMinor,
          averageOrderMinor,
          refundRate,
        })),
      leftOut,
      events: Object.fromEntries(
        types.filter(({ events }) => events > 0).map((each) => [each.eventType, each.events]),
      ),
      links: [funnel.links, funnel.claimedLinks],
      orders: orders.map(({ orderId, netMinor }) => `${orderId} ${netMinor}`).toSorted(),
      payouts: payouts
        .map(
          ({ organizationId, contributorId, state, calculatedMinor, sentMinor }) =>
            `${organizationId ?? ''} ${contributorId ?? ''} ${state} ${calculatedMinor} ${sentMinor}`,
        )
        .toSorted(),
    };
  };

  const happen: Record<Happening, () => Promise<unknown>> = {
    nothing: () => Promise.resolve(),
    project: () => aggregation.project(),
    crash: () => aggregation.crash(),
    'roll up': async () => {
      await aggregation.project();
      await aggregation.rollUp();
    },
    'fold all again': () => database.query("UPDATE projector_cursors SET xid = '0', id = 0"),
  };

  const expectDays = async (days: readonly object[]) =>
    expect(inOrder(await storedDays())).toEqual(inOrder(days));
  let added = 0;
  /** Those aside that are recounted at leisure: to their figures all is added already. */
  const areDaysToBeCounted = async () =>
    (await database.query('SELECT FROM touched_days WHERE NOT is_counted LIMIT 1')).length > 0;

  it('become the orders, ledgers and days that a person would count, whatever happens between', async () => {
    await fc.assert(
      fc.asyncProperty(stories, async ({ sendings: all, batches }) => {
        await empty();
        await aggregation.project(); // makes the cursors, or the first batches count as repeats
        const records = recordsOf(all);
        let rest = records;
        for (const { size, then } of batches) {
          await write(rest.slice(0, size));
          rest = rest.slice(size);
          await happen[then]();
        }
        await write(rest);
        await aggregation.project();

        const facts = storedFacts(records);
        const orders = naiveOrders(facts, tie);
        const ledger = naiveLedger(facts, tie);
        const days = naiveDays(facts, orders, ledger).map((row) =>
          Object.fromEntries(
            Object.entries(row).filter(([name, value]) => value !== 0 || name === 'eventType'),
          ),
        );
        if (!(await areDaysToBeCounted())) {
          added += 1;
          await expectDays(days);
        }
        await aggregation.rollUp();

        expect(inOrder(await storedOrders())).toEqual(inOrder(orders));
        expect(inOrder(await storedLedger())).toEqual(
          inOrder(
            ledger.map(({ kind, fact: { organization, at, minor, currency } }) => ({
              organization,
              kind,
              at,
              minor,
              currency,
            })),
          ),
        );
        await expectDays(days);
        expect(await answered()).toEqual(naiveAnswers(facts, orders, ledger, WEEK));
        for (const day of ['2026-01-05', '2026-01-06']) {
          expect(await aggregation.recount(day, COMMERCE_DAILY)).toBe(0);
        }
      }),
      { numRuns: 40 },
    );
    // Or nothing was compared that was not counted as a whole.
    expect(added).toBeGreaterThan(10);
  });
});

const camel = (column: string): string =>
  column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
