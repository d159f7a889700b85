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
import type { AcceptedEvent } from '#libs/event-log';
import * as fc from 'fast-check';
import { startAggregation, type TestAggregation } from '../support/aggregation.js';
import { type Happening, recordsOf, stories } from '../support/checkout-stories.js';
import {
  openDatabase,
  startWriter,
  type TestDatabase,
  type TestWriter,
} from '../support/event-writer.js';
import {
  naiveErrorRows,
  naiveEventRows,
  naiveFacts,
  naiveFunnel,
  naiveFunnelByHour,
  naiveSessions,
  naiveTotals,
} from '../support/naive-checkout.js';
import { createDatabase } from '../support/postgres.mjs';

jest.setTimeout(240_000);

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

  let added = 0;

  const empty = async () => {
    await database.query(`TRUNCATE checkout_events, rejected_events, writer_batches, projector_cursors,
      touched_days, checkout_sessions, checkout_funnel_daily, checkout_funnel_hourly,
      checkout_errors_daily, checkout_events_daily, checkout_totals_daily`);
    // Cursors that are there before the first event: it is no repeat.
    await aggregation.project();
  };
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
      ...('conversionMs' in row && { conversionMs: Number(row['conversionMs']) }),
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

  /**
   * Of what waits for no recount but one at leisure; that one alone finds what is the newest of rows
   * that lost theirs.
   */
  const expectDifferencesAdded = async (
    sessions: ReturnType<typeof naiveSessions>,
    records: readonly AcceptedEvent[],
  ) => {
    const waiting = await database.query<{ rollup: string }>(
      'SELECT DISTINCT rollup FROM touched_days WHERE NOT is_counted',
    );
    const naive: Record<string, readonly object[]> = {
      'checkout-funnel-daily': naiveFunnel(sessions),
      'checkout-funnel-hourly': naiveFunnelByHour(sessions),
      'checkout-totals-daily': naiveTotals(sessions),
      'checkout-errors-daily': naiveErrorRows(sessions),
      'checkout-events-daily': naiveEventRows(naiveFacts(records), sessions),
    };
    const withoutNewest = (rows: readonly object[]): string[] =>
      inOrder(rows.map((row) => ({ ...row, newestReceivedAt: undefined })));
    for (const [rollup, rows] of Object.entries(naive)) {
      if (waiting.some((day) => day.rollup === rollup)) continue;
      added += 1;
      const found = await storedFunnel(rollup.replaceAll('-', '_'));
      expect([rollup, withoutNewest(found)]).toEqual([rollup, withoutNewest(rows)]);
    }
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
        const expected = naiveSessions(records);
        await expectDifferencesAdded(expected, records);
        await aggregation.rollUp();

        expect(inOrder(await storedSessions())).toEqual(inOrder(expected));
        expect(inOrder(await storedFunnel('checkout_funnel_daily'))).toEqual(
          inOrder(naiveFunnel(expected)),
        );
        expect(inOrder(await storedFunnel('checkout_funnel_hourly'))).toEqual(
          inOrder(naiveFunnelByHour(expected)),
        );
        expect(inOrder(await storedFunnel('checkout_totals_daily'))).toEqual(
          inOrder(naiveTotals(expected)),
        );
        expect(inOrder(await stored('checkout_errors_daily'))).toEqual(
          inOrder(naiveErrorRows(expected)),
        );
        expect(inOrder(await stored('checkout_events_daily'))).toEqual(
          inOrder(naiveEventRows(naiveFacts(records), expected)),
        );
      }),
      { numRuns: 40 },
    );
    expect(added).toBeGreaterThan(40);
  });
});
