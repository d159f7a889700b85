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
import {
  CHECKOUT_EVENT_NAMES,
  CHECKOUT_MODES,
  CHECKOUT_STEPS,
  CHECKOUT_TYPES,
  EXECUTION_ENVIRONMENTS,
  PAYMENT_METHODS,
} from '#libs/contracts';
import type { AcceptedEvent } from '#libs/event-log';
import * as fc from 'fast-check';
import { startAggregation, type TestAggregation } from '../support/aggregation.js';
import { aReceipt, aRecord } from '../support/event-writer-records.js';
import {
  openDatabase,
  startWriter,
  type TestDatabase,
  type TestWriter,
} from '../support/event-writer.js';
import {
  naiveErrorRows,
  naiveFunnel,
  naiveFunnelByHour,
  naiveSessions,
} from '../support/naive-checkout.js';
import { createDatabase } from '../support/postgres.mjs';

jest.setTimeout(240_000);

const DAY_MS = 86_400_000;
const MONDAY = Date.parse('2026-01-05T00:00:00Z');

/** Few values of each, so that events meet: in a session, at a moment, at midnight. */
const moments = fc.oneof(
  fc.integer({ min: 0, max: 20 }).map((step) => MONDAY + DAY_MS - 10 + step),
  fc.integer({ min: 0, max: 4 * DAY_MS }).map((ms) => MONDAY + ms),
  fc.constantFrom(0, 4_102_444_800_000),
);
const perhaps = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const facts = fc.record({
  eventName: fc.constantFrom(...CHECKOUT_EVENT_NAMES),
  sessionId: fc.constantFrom('s1', 's2', 's3'),
  offerId: fc.constantFrom('o1', 'o2'),
  timestamp: moments,
  executionEnvironment: fc.constantFrom(...EXECUTION_ENVIRONMENTS),
  fullHostname: fc.constantFrom('a.example.com', 'b.example.com', 'localhost', '10.0.0.1'),
  checkoutType: perhaps(fc.constantFrom(...CHECKOUT_TYPES)),
  checkoutMode: perhaps(fc.constantFrom(...CHECKOUT_MODES)),
  step: perhaps(fc.constantFrom(...CHECKOUT_STEPS)),
  paymentMethod: perhaps(fc.constantFrom(...PAYMENT_METHODS)),
  email: perhaps(fc.constantFrom('a@b.example')),
  phone: perhaps(fc.constantFrom('1')),
});

const sendings = fc.record({
  facts,
  receivedAt: fc.integer({ min: 0, max: 5 * DAY_MS }).map((ms) => MONDAY + ms),
  productId: fc.constantFrom('p1', 'p2'),
  producerId: fc.constantFrom('q1', 'q2'),
  /** Sent once more, later. */
  again: fc.integer({ min: 0, max: 9 }).map((roll) => roll === 0),
});

/** What happens between two batches. */
const happenings = fc.constantFrom('nothing', 'project', 'crash', 'roll up', 'fold all again');

const stories = fc.record({
  sendings: fc.array(sendings, { minLength: 1, maxLength: 60 }),
  batches: fc.array(fc.record({ size: fc.integer({ min: 1, max: 15 }), then: happenings }), {
    minLength: 1,
    maxLength: 12,
  }),
});

type Sending = typeof sendings extends fc.Arbitrary<infer Value> ? Value : never;
type Happening = typeof happenings extends fc.Arbitrary<infer Value> ? Value : never;

function recordsOf(all: readonly Sending[]): AcceptedEvent[] {
  const records = all.map(({ facts: event, receivedAt, productId, producerId }, index) =>
    aRecord(
      { ...event, eventId: `e${index}` },
      { receipt: aReceipt({ receivedAt }), offer: { productId, producerId } },
    ),
  );
  return [...records, ...records.filter((_, index) => all[index]!.again)];
}

const camel = (column: string): string =>
  column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

const plain = (value: unknown): unknown => (value instanceof Date ? value.getTime() : value);

const asFields = (row: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).map(([column, value]) => [camel(column), plain(value)]));

const inOrder = (rows: readonly object[]): string[] => {
  const keyed = rows.map((row) => JSON.stringify(row, Object.keys(row).toSorted()));
  return keyed.toSorted();
};

describe('random checkout events in random batches', () => {
  let scratch: Awaited<ReturnType<typeof createDatabase>>;
  let database: TestDatabase;
  let writing: TestWriter;
  let aggregation: TestAggregation;

  beforeAll(async () => {
    scratch = await createDatabase();
    database = await openDatabase(scratch.url);
    aggregation = await startAggregation(database);
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
    database.query(`TRUNCATE checkout_events, rejected_events, writer_batches, projector_cursors,
      touched_days, checkout_sessions, checkout_funnel_daily, checkout_funnel_hourly,
      checkout_errors_daily`);
  const write = async (records: readonly AcceptedEvent[]) => {
    await writing.log.append(records);
    await writing.log.drained();
  };
  const storedSessions = async () =>
    (await database.query<object>('SELECT * FROM checkout_sessions')).map(asFields);
  const stored = async (rollup: string) => {
    const rows = await database.query<object>(`SELECT *, day::text AS day FROM ${rollup}`);
    return rows.map((row) => ({ ...asFields(row), dimensions: undefined }));
  };
  const storedFunnel = async (rollup: string) =>
    (await stored(rollup)).map((row: Record<string, unknown>) => ({
      ...row,
      conversionMs: Number(row['conversionMs']),
    }));

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

  it('become the sessions and the days that a person would count, whatever happens between', async () => {
    await fc.assert(
      fc.asyncProperty(stories, async ({ sendings: all, batches }) => {
        await empty();
        const records = recordsOf(all);
        let rest = records;
        for (const { size, then } of batches) {
          await write(rest.slice(0, size));
          rest = rest.slice(size);
          await happen[then]();
        }
        await write(rest);
        await aggregation.project();
        await aggregation.rollUp();

        const expected = naiveSessions(records);
        expect(inOrder(await storedSessions())).toEqual(inOrder(expected));
        expect(inOrder(await storedFunnel('checkout_funnel_daily'))).toEqual(
          inOrder(naiveFunnel(expected)),
        );
        expect(inOrder(await storedFunnel('checkout_funnel_hourly'))).toEqual(
          inOrder(naiveFunnelByHour(expected)),
        );
        expect(inOrder(await stored('checkout_errors_daily'))).toEqual(
          inOrder(naiveErrorRows(expected)),
        );
      }),
      { numRuns: 40 },
    );
  });
});
