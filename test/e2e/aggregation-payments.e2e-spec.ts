import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CHECKOUT_PAYMENTS_DAILY, CHECKOUT_SESSIONS, ORDERS } from '#libs/aggregation';
import type { CheckoutType } from '#libs/contracts';
import type { AcceptedEvent } from '#libs/event-log';
import type { QueryRunner } from 'typeorm';
import { PayAllTypesTogether1764000094000 } from '../../migrations/1764000094000-pay-all-types-together.js';
import { startAggregation, type TestAggregation } from '../support/aggregation.js';
import { anEnvelope } from '../support/commerce-event.js';
import { aReceipt, aRecord } from '../support/event-writer-records.js';
import {
  openDatabase,
  startWriter,
  type TestDatabase,
  type TestWriter,
} from '../support/event-writer.js';
import { createDatabase } from '../support/postgres.mjs';
import { until } from '../support/until.js';

const DAY = '2026-01-05';
const NEXT = '2026-01-06';
const noon = Date.parse(`${DAY}T12:00:00Z`);
const receipt = aReceipt({ receivedAt: Date.parse(`${NEXT}T12:00:00Z`) });
const MINUTE_MS = 60_000;

let sequence = 0;

/** All that a migration asks of its runner. */
const asRunner = (database: TestDatabase): QueryRunner =>
  ({ query: (sql: string) => database.query(sql) }) as unknown as QueryRunner;

/** A session that converted at the moment at which it began. */
const sale = (sessionId: string, timestamp = noon, checkoutType?: CheckoutType): AcceptedEvent =>
  aRecord(
    {
      eventId: `sale-${++sequence}`,
      eventName: 'checkout_conversion_success',
      sessionId,
      timestamp,
      ...(checkoutType && { checkoutType }),
    },
    { receipt },
  );
const order = (id: string, sessionId: string, at: number, what = 'completed'): AcceptedEvent => ({
  kind: 'event',
  contract: 'commerce',
  event: anEnvelope({
    id,
    type: `order.${what}`,
    timestamp: new Date(at).toISOString(),
    session_id: sessionId,
    data: { order_id: id, revenue: 10, currency: 'EUR' },
  }),
  receipt,
  offer: null,
  added: { wire: 'envelope', transport: 'nats', once: 'once' },
});

describe('payments of checkout sessions', () => {
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
    await database.query(`TRUNCATE checkout_events, commerce_events, event_keys, rejected_events,
      writer_batches, projector_cursors, touched_days, checkout_sessions, order_facts, orders,
      checkout_payments_daily`);
    writing = await startWriter(database);
  });
  afterEach(() => writing.stop());
  afterAll(async () => {
    await database.close();
    await scratch.drop();
  });

  const write = async (...records: AcceptedEvent[]) => {
    await writing.log.append(records);
    await writing.log.drained();
  };
  const count = async () => {
    await aggregation.project();
    await aggregation.rollUp();
  };
  /** Of all offers, types and modes together. */
  const paid = () =>
    database.query(
      `SELECT day::text, paid, times_to_pay_ms AS times, paid_after AS after
       FROM checkout_payments_daily WHERE checkout_type = '' ORDER BY day`,
    );

  it('are counted on the day of the session, although the order comes days later', async () => {
    await write(sale('s1'));
    await count();
    const before = await paid();

    await write(order('o1', 's1', noon + 20));
    await count();

    expect(before).toEqual([]);
    expect(await paid()).toEqual([{ day: DAY, paid: 1, times: ['20'], after: [1] }]);
  });

  it('are counted where the order came before its session', async () => {
    await write(order('o1', 's1', noon));
    await count();

    await write(sale('s1'));
    await count();

    expect(await paid()).toEqual([{ day: DAY, paid: 1, times: ['0'], after: [1] }]);
  });

  it('are counted together by how long they took, to within 2.5 %', async () => {
    const times = [10, 10, 16, 60_000, 60_001, 86_400_000];

    await write(...times.flatMap((ms, n) => [sale(`s${n}`), order(`o${n}`, `s${n}`, noon + ms)]));
    await count();

    const [row] = (await paid()) as [{ paid: number; times: string[]; after: number[] }];
    expect(row).toMatchObject({ paid: 6, after: [2, 1, 2, 1] });
    const told = row.times.map(Number);
    expect(told.slice(0, 2)).toEqual([10, 16]);
    expect(Math.abs(told[2]! / 60_000 - 1)).toBeLessThanOrEqual(0.025);
    expect(Math.abs(told[3]! / 86_400_000 - 1)).toBeLessThanOrEqual(0.025);
  });

  it('are counted by type, and of all types together, as an upgrade does too', async () => {
    await write(
      ...(['standard', '3steps', '3steps'] as const).map((type, n) => sale(`s${n}`, noon, type)),
      ...[10, 10, 16].map((ms, n) => order(`o${n}`, `s${n}`, noon + ms)),
    );
    await count();

    const byType = await database.query(
      `SELECT checkout_type AS type, paid FROM checkout_payments_daily
       WHERE offer_id = '' AND checkout_type <> '' ORDER BY type`,
    );
    const counted = await paid();
    await new PayAllTypesTogether1764000094000().down(asRunner(database));
    await new PayAllTypesTogether1764000094000().up(asRunner(database));

    expect(byType).toEqual([
      { type: '3steps', paid: 2 },
      { type: 'standard', paid: 1 },
    ]);
    expect(counted).toEqual([{ day: DAY, paid: 3, times: ['10', '16'], after: [2, 1] }]);
    expect(await paid()).toEqual(counted);
    expect(await aggregation.recount(DAY, CHECKOUT_PAYMENTS_DAILY)).toBe(0);
  });

  it('are the other session’s as soon as an earlier event says so', async () => {
    await write(sale('s1'), sale('s2', noon + 86_400_000), order('o1', 's1', noon + MINUTE_MS));
    await count();

    await write(order('o1', 's2', noon + MINUTE_MS - 1, 'created'));
    await count();
    const ofNobody = await paid();
    await write(order('o2', 's2', noon + 86_400_000));
    await count();

    // The order was completed before the second session began.
    expect(ofNobody).toEqual([]);
    expect(await paid()).toMatchObject([{ day: NEXT, paid: 1 }]);
  });

  it('are no more where nothing says that the order was completed', async () => {
    await write(sale('s1'), order('o1', 's1', noon));
    await count();
    await database.query('DELETE FROM commerce_events');

    await aggregation.recount(DAY, CHECKOUT_PAYMENTS_DAILY);

    expect(await paid()).toEqual([]);
  });

  it('are counted although session and order were folded at the same moment', async () => {
    await write(sale('s1'));
    let go: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    let looked: () => void = () => undefined;
    const hasLooked = new Promise<void>((resolve) => (looked = resolve));
    // The order is folded while its session is not there, and is seen by others a little later.
    const folding = database.transaction(async (transaction) => {
      await aggregation.projector.takeTurn(transaction, ORDERS);
      await transaction.query(
        `INSERT INTO orders (organization_id, order_id, first_seen_at, last_seen_at, session_id,
           completed_at, refunded_minor, creations, completions, cancellations, refunds,
           left_out_refunds)
         VALUES ('acme', 'o1', $1, $1, 's1', $1, 0, 0, 1, 0, 0, 0)`,
        [new Date(noon)],
      );
      looked();
      await held;
    });
    await hasLooked;
    await aggregation.projector.step(CHECKOUT_SESSIONS);

    const counting = aggregation.rollups.recountTouched(CHECKOUT_PAYMENTS_DAILY, DAY);
    await until('it waits', async () => {
      const [row] = await database.query<{ waiting: number }>(
        `SELECT count(*)::int AS waiting FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return (row?.waiting ?? 0) > 0;
    });
    go();
    await Promise.all([folding, counting]);

    expect(await paid()).toMatchObject([{ day: DAY, paid: 1 }]);
  });
});
