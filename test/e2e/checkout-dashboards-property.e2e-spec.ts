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
import { CHECKOUT_MODES, CHECKOUT_TYPES, PAYMENT_METHODS } from '#libs/contracts';
import type { AcceptedEvent } from '#libs/event-log';
import * as fc from 'fast-check';
import { startAggregation, type TestAggregation } from '../support/aggregation.js';
import { MONDAY, recordsOf, stories } from '../support/checkout-stories.js';
import {
  openDatabase,
  startWriter,
  type TestDatabase,
  type TestWriter,
} from '../support/event-writer.js';
import { TestFootfall } from '../support/footfall.js';
import { naiveFacts, naiveSessions } from '../support/naive-checkout.js';
import {
  naiveAbandoned,
  naiveErrorsAnswer,
  naiveFunnelAnswer,
  type NaiveOrder,
  naivePaymentMethods,
  naiveSteps,
  naiveSummary,
  naiveTimeline,
} from '../support/naive-checkout-dashboards.js';
import { createDatabase } from '../support/postgres.mjs';

jest.setTimeout(240_000);

const DAY_MS = 86_400_000;
const perhaps = <Value>(value: fc.Arbitrary<Value>) =>
  fc.option(value, { nil: undefined, freq: 1 });

const days = fc
  .tuple(fc.integer({ min: -2, max: 6 }), fc.integer({ min: 0, max: 5 }))
  .map(([first, more]) => ({
    from: new Date(MONDAY + first * DAY_MS).toISOString().slice(0, 10),
    to: new Date(MONDAY + (first + more) * DAY_MS).toISOString().slice(0, 10),
  }));

const DIMENSIONS = [
  'offerId',
  'productId',
  'producerId',
  'checkoutType',
  'checkoutMode',
  'paymentMethod',
  'fullHostname',
] as const;

const filters = fc.record({
  offerId: perhaps(fc.constantFrom('o1', 'o2')),
  productId: perhaps(fc.constantFrom('p1', 'p2')),
  producerId: perhaps(fc.constantFrom('q1', 'q2')),
  checkoutType: perhaps(fc.constantFrom(...CHECKOUT_TYPES)),
  checkoutMode: perhaps(fc.constantFrom(...CHECKOUT_MODES)),
  paymentMethod: perhaps(fc.constantFrom(...PAYMENT_METHODS)),
  fullHostname: perhaps(fc.constantFrom('a.example.com', 'localhost')),
});

/** One filter or none, rarely more. */
const few = fc
  .tuple(filters, fc.array(fc.constantFrom(...DIMENSIONS), { maxLength: 2 }))
  .map(([all, names]): Partial<typeof all> =>
    Object.fromEntries(names.map((name) => [name, all[name]])),
  );

const questions = fc.record({
  days,
  few,
  traffic: perhaps(fc.constantFrom('production' as const, 'all' as const)),
  order: perhaps(fc.constantFrom('any' as const, 'strict' as const)),
  groupBy: perhaps(fc.constantFrom(...DIMENSIONS)),
  compare: perhaps(fc.constant('previous_period' as const)),
  by: fc.constantFrom('day' as const, 'hour' as const),
  hoursBehind: fc.constantFrom(0, 3, -9),
});

/** Zones whose clocks are never changed. */
const ZONES: Readonly<Record<number, string>> = { 3: 'America/Sao_Paulo', [-9]: 'Asia/Tokyo' };

const orders = fc.array(
  fc.record({
    sessionId: fc.constantFrom('s1', 's2', 's3', null),
    completedAt: fc.integer({ min: 0, max: 5 * DAY_MS }).map((ms) => MONDAY + ms),
  }),
  { maxLength: 6 },
);

const ADD_ORDER = `
  INSERT INTO orders (organization_id, order_id, first_seen_at, last_seen_at, session_id,
    completed_at, refunded_minor, creations, completions, cancellations, refunds, left_out_refunds)
  VALUES ('o', $1, $2, $2, $3, $2, 0, 0, 1, 0, 0, 0)
`;

const TOUCH_DAY = `
  INSERT INTO touched_days (rollup, day) VALUES ('commerce-daily', $1::timestamptz::date)
  ON CONFLICT (rollup, day) DO NOTHING
`;

type Answer = Record<string, unknown>;

/** A time as the dashboards promise it: 0 and null are exact. */
const nearly = (ms: number | null): unknown =>
  ms === null ? null : { asymmetricMatch: (told: unknown) => isNear(told, ms) };
const isNear = (told: unknown, ms: number): boolean =>
  typeof told === 'number' && Math.abs(told - ms) <= 0.025 * ms;

describe('dashboards of random checkouts', () => {
  let scratch: Awaited<ReturnType<typeof createDatabase>>;
  let database: TestDatabase;
  let writing: TestWriter;
  let aggregation: TestAggregation;
  let footfall: TestFootfall;

  beforeAll(async () => {
    scratch = await createDatabase();
    database = await openDatabase(scratch.url);
    aggregation = await startAggregation(database);
    // It answers, and does nothing of its own.
    footfall = await TestFootfall.start({ DATABASE_URL: scratch.url, ROLES: 'dashboards' });
    await footfall.ready();
  });
  beforeEach(async () => {
    writing = await startWriter(database);
  });
  afterEach(() => writing.stop());
  afterAll(async () => {
    await footfall.stop();
    await database.close();
    await scratch.drop();
  });

  const fill = async (records: readonly AcceptedEvent[], paid: readonly NaiveOrder[]) => {
    await database.query(`TRUNCATE checkout_events, rejected_events, writer_batches,
      projector_cursors, touched_days, checkout_sessions, checkout_funnel_daily,
      checkout_funnel_hourly, checkout_errors_daily, checkout_events_daily, checkout_totals_daily,
      checkout_payments_daily, commerce_daily, orders`);
    await writing.log.append(records);
    await writing.log.drained();
    for (const [index, { sessionId, completedAt }] of paid.entries()) {
      await database.query(ADD_ORDER, [`order-${index}`, new Date(completedAt), sessionId]);
      await database.query(TOUCH_DAY, [new Date(completedAt)]);
    }
    await aggregation.project();
    await aggregation.rollUp();
  };

  async function ask(path: string, question: object): Promise<Answer> {
    const query = new URLSearchParams(JSON.parse(JSON.stringify(question)) as object as never);
    const { status, body, text } = await footfall.asAdmin(
      'get',
      `/dashboards/checkout/${path}?${query.toString()}`,
    );
    if (status !== 200) throw new Error(text);
    return body as Answer;
  }

  const figuresOf = ({ asOf: _asOf, filters: _filters, range: _range, ...figures }: Answer) =>
    figures;

  /** Kinds that are as frequent as each other may stand in any order. */
  const sortedKinds = ({ kinds, ...rest }: { readonly kinds?: unknown }) => ({
    ...rest,
    kinds: (kinds as object[])
      .map((kind) => JSON.stringify(kind, Object.keys(kind).toSorted()))
      .toSorted(),
  });

  async function abandoned(question: object): Promise<unknown[]> {
    const items: unknown[] = [];
    let cursor: string | undefined;
    do {
      const page = await ask('abandoned', { ...question, limit: 2, ...(cursor && { cursor }) });
      items.push(...(page['items'] as unknown[]));
      cursor = (page['nextCursor'] as string | null) ?? undefined;
    } while (cursor !== undefined);
    return items;
  }

  it('show the figures that a person would count, whatever is asked', async () => {
    let told = 0;
    await fc.assert(
      fc.asyncProperty(
        stories,
        orders,
        fc.array(questions, { minLength: 2, maxLength: 4 }),
        async ({ sendings }, paid, asked) => {
          const records = recordsOf(sendings);
          await fill(records, paid);
          const sessions = naiveSessions(records);

          for (const { days: range, few: some, traffic, by, hoursBehind, ...funnel } of asked) {
            const question = { ...range, ...some, ...(traffic && { traffic }) };
            const timeZone = ZONES[hoursBehind];
            const { offerId, productId, producerId } = some;
            const ofOffers = {
              ...range,
              ...(traffic && { traffic }),
              ...(offerId && { offerId }),
              ...(productId && { productId }),
              ...(producerId && { producerId }),
            };
            const errors = await ask('errors', question);
            told += (errors['total'] as { events: number }).events;

            expect(figuresOf(await ask('funnel', { ...question, ...funnel }))).toEqual(
              naiveFunnelAnswer(sessions, { ...question, ...funnel }),
            );
            expect(figuresOf(await ask('summary', ofOffers))).toEqual(
              naiveSummary(sessions, ofOffers, naiveFacts(records)),
            );
            expect(figuresOf(await ask('steps', question))).toEqual(naiveSteps(sessions, question));
            expect(
              figuresOf(await ask('timeline', { ...question, by, ...(timeZone && { timeZone }) })),
            ).toEqual(naiveTimeline(sessions, { ...question, by }, hoursBehind));
            const exact = naivePaymentMethods(sessions, question, paid);
            expect(figuresOf(await ask('payment-methods', question))).toEqual({
              ...exact,
              methods: exact.methods.map((method) => ({
                ...method,
                medianTimeToPayMs: nearly(method.medianTimeToPayMs),
                p90TimeToPayMs: nearly(method.p90TimeToPayMs),
              })),
            });
            expect(sortedKinds(figuresOf(errors))).toEqual(
              sortedKinds(naiveErrorsAnswer(sessions, question)),
            );
            expect(await abandoned({ ...question, quietMinutes: 0 })).toEqual(
              naiveAbandoned(sessions, question, records),
            );
          }
        },
      ),
      { numRuns: 40 },
    );
    expect(told).toBeGreaterThan(0);
  });
});
