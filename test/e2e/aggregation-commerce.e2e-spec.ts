import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { COMMERCE_DAILY } from '#libs/aggregation';
import type { CommerceEventDto } from '#libs/contracts';
import type { AcceptedEvent } from '#libs/event-log';
import { startAggregation, type TestAggregation } from '../support/aggregation.js';
import { anEnvelope } from '../support/commerce-event.js';
import { aReceipt } from '../support/event-writer-records.js';
import {
  openDatabase,
  startWriter,
  type TestDatabase,
  type TestWriter,
} from '../support/event-writer.js';
import { createDatabase } from '../support/postgres.mjs';

const DAY = '2026-01-05';
const NEXT = '2026-01-06';
const noon = `${DAY}T12:00:00Z`;

const event = (overrides: Partial<CommerceEventDto> = {}): AcceptedEvent => ({
  kind: 'event',
  contract: 'commerce',
  event: anEnvelope({ timestamp: noon, ...overrides }),
  receipt: aReceipt({ receivedAt: Date.parse(`${NEXT}T12:00:00Z`) }),
  offer: null,
  added: { wire: 'envelope', transport: 'nats', once: 'once' },
});
const ofOrder = (
  what: string,
  id: string,
  timestamp = noon,
  data: object = { revenue: 10, currency: 'EUR' },
) => event({ id, type: `order.${what}`, timestamp, data: { order_id: id, ...data } });

describe('the projections of commerce', () => {
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
    await database.query(`TRUNCATE commerce_events, event_keys, rejected_events, writer_batches,
      projector_cursors, touched_days, order_facts, orders, payouts, referrals, commerce_daily`);
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
    return aggregation.rollUp();
  };
  const touched = async () => {
    const rows = await database.query<{ day: string }>(
      `SELECT day::text FROM touched_days WHERE rollup = 'commerce-daily' ORDER BY 1`,
    );
    return rows.map(({ day }) => day);
  };
  const money = () =>
    database.query(
      `SELECT day::text, orders, gross_minor::int AS gross, refunded_minor::int AS refunded,
              canceled_minor::int AS canceled
       FROM commerce_daily WHERE currency = 'EUR' ORDER BY day`,
    );

  it('change nothing when all is folded and counted once more', async () => {
    await write(ofOrder('completed', 'o1'), ofOrder('refunded', 'o1'), event({ type: 'x.y' }));
    await count();
    await database.query("UPDATE projector_cursors SET xid = '0', id = 0");

    const changed = await count();

    expect(changed).toBe(0);
  });

  it('touch the days of a refund that came before its order was completed', async () => {
    await write(
      ofOrder('refunded', 'o1', `${NEXT}T10:00:00Z`, { refunded_amount: 4, currency: 'EUR' }),
    );
    await count();
    const before = await money();

    await write(ofOrder('completed', 'o1'));
    await aggregation.project();
    const days = await touched();
    await aggregation.rollUp();

    expect(before).toEqual([]);
    expect(days).toEqual([DAY, NEXT]);
    expect(await money()).toEqual([
      { day: DAY, orders: 1, gross: 1000, refunded: 0, canceled: 0 },
      { day: NEXT, orders: 0, gross: 0, refunded: 400, canceled: 0 },
    ]);
  });

  it('take back what an order and its refunds were, as soon as they are folded', async () => {
    const refund = (at: string, currency: string) =>
      ofOrder('refunded', 'o1', at, { refunded_amount: 4, currency });
    await aggregation.project();
    await write(refund(`${NEXT}T10:00:00Z`, 'EUR'), refund(`${NEXT}T11:00:00Z`, 'USD'));
    await count();

    await write(ofOrder('completed', 'o1'));
    await aggregation.project();
    await write(ofOrder('canceled', 'o1', `${NEXT}T12:00:00Z`));
    await aggregation.project();
    const uncounted = await database.query('SELECT FROM touched_days WHERE NOT is_counted');

    expect(uncounted).toEqual([]);
    expect(await money()).toEqual([
      { day: DAY, orders: 1, gross: 1000, refunded: 0, canceled: 0 },
      { day: NEXT, orders: 0, gross: 0, refunded: 400, canceled: 600 },
    ]);
    expect(
      await database.query(
        `SELECT refunds, left_out_refunds AS "leftOut" FROM commerce_daily
         WHERE refunds + left_out_refunds > 0 ORDER BY refunds`,
      ),
    ).toEqual([
      { refunds: 0, leftOut: 1 },
      { refunds: 1, leftOut: 0 },
    ]);
  });

  it('move the income of an order to the day of an earlier completion that comes late', async () => {
    await write(ofOrder('completed', 'o1', `${NEXT}T10:00:00Z`));
    await count();

    await write(
      ofOrder('completed', 'o1', '2025-12-31T23:59:59.999Z', { revenue: 9, currency: 'EUR' }),
    );
    await count();

    expect(await money()).toEqual([
      { day: '2025-12-31', orders: 1, gross: 900, refunded: 0, canceled: 0 },
    ]);
  });

  it('remember an order whose events are retired', async () => {
    await write(ofOrder('completed', 'o1'));
    await count();
    await database.query('TRUNCATE commerce_events');

    await write(
      ofOrder('refunded', 'o1', `${NEXT}T10:00:00Z`, { refunded_amount: 4, currency: 'EUR' }),
    );
    await aggregation.project();

    expect(
      await database.query(
        'SELECT amount_minor::int AS amount, refunded_minor::int AS refunded FROM orders',
      ),
    ).toEqual([{ amount: 1000, refunded: 400 }]);
  });

  it('count amounts that no single number of 64 bits could hold together', async () => {
    const most = { refunded_amount: '90071992547409.91', currency: 'EUR' };
    const refunds = Array.from({ length: 1100 }, (_, index) =>
      ofOrder('refunded', 'o1', `${DAY}T12:00:00.${String(index).padStart(6, '0')}Z`, most),
    );
    await write(ofOrder('completed', 'o1'), ...refunds);
    await count();

    const [row] = await database.query('SELECT refunded_minor::text AS sum FROM orders');

    expect(row).toEqual({ sum: String(9_007_199_254_740_991n * 1100n) });
  });

  it('tell the fifty most frequent names of senders apart, and those of the document always', async () => {
    const names = Array.from(
      { length: 55 },
      (_, index) => `name.${String(index).padStart(2, '0')}`,
    );
    await write(
      ...names.map((type) => event({ type })),
      event({ type: 'name.54' }),
      event({ type: 'cart.updated' }),
      event({ type: 'name.00', organization_id: 'other' }),
    );
    await count();

    const rows = await database.query<{ name: string; events: number }>(
      `SELECT event_type AS name, events FROM commerce_daily
       WHERE organization_id = 'acme' AND event_type IS NOT NULL ORDER BY events DESC, name`,
    );

    expect(rows).toHaveLength(52);
    expect(rows.slice(0, 3)).toEqual([
      { name: '_OTHER', events: 5 },
      { name: 'name.54', events: 2 },
      { name: 'cart.updated', events: 1 },
    ]);
  });

  it('add new events of names that are told apart, and count the day again for one too many', async () => {
    const named = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) => event({ type: `name.${from + index}` }));
    const toBeCounted = () =>
      database.query('SELECT rollup FROM touched_days WHERE NOT is_counted ORDER BY rollup');
    const rows = () =>
      database.query<{ name: string; events: number }>(
        `SELECT event_type AS name, events FROM commerce_daily
         WHERE events > 1 OR event_type = '_OTHER' ORDER BY name`,
      );
    await write(...named(10, 50));
    await count();

    await write(...named(45, 60), event({ type: 'cart.updated' }));
    await aggregation.project();
    const before = { toBeCounted: await toBeCounted(), rows: await rows() };
    await aggregation.rollUp();
    await write(event({ type: 'name.60' }), event({ type: 'name.60' }), event({ type: 'name.10' }));
    await aggregation.project();

    const twice = ['45', '46', '47', '48', '49'].map((n) => ({ name: `name.${n}`, events: 2 }));
    expect(before).toEqual({ toBeCounted: [], rows: twice });
    expect(await toBeCounted()).toEqual([{ rollup: 'commerce-daily' }]);
    await aggregation.rollUp();
    expect(await rows()).toEqual([
      { name: '_OTHER', events: 1 },
      { name: 'name.10', events: 2 },
      ...twice,
      { name: 'name.60', events: 2 },
    ]);
  });

  it('take ids as long as they may be, in whatever characters', async () => {
    const long = (letter: string) => letter.repeat(199) + Math.random().toString(36).slice(-1);
    await write(
      event({
        id: long('語'),
        organization_id: long('器'),
        user_id: long('者'),
        type: 'contributor.payout_sent',
        data: { payout_id: long('払'), period_month: 'x'.repeat(500), amount: 1 },
      }),
      event({
        organization_id: long('器'),
        type: 'order.completed',
        data: { order_id: long('文'), revenue: 1 },
      }),
      event({
        organization_id: long('器'),
        user_id: long('者'),
        type: 'referral.claimed',
        data: { referral_code: 'y'.repeat(5000), referrer_id: ['no text'] },
      }),
    );
    await count();

    const [row] = await database.query(
      `SELECT (SELECT count(*)::int FROM orders) AS orders,
              (SELECT count(*)::int FROM payouts) AS payouts,
              (SELECT count(*)::int FROM referrals) AS referrals`,
    );
    expect(row).toEqual({ orders: 1, payouts: 1, referrals: 1 });
  });

  describe('recounted from the events of a day', () => {
    beforeEach(async () => {
      await write(
        ofOrder('completed', 'o1'),
        ofOrder('refunded', 'o1', `${NEXT}T10:00:00Z`, { refunded_amount: 4, currency: 'EUR' }),
        ofOrder('completed', 'o2', `${DAY}T13:00:00Z`),
        event({
          id: 'po1',
          type: 'contributor.payout_sent',
          data: { payout_id: 'po1', amount: 5, currency: 'EUR', period_month: '2025-12' },
        }),
        event({ id: 'R1', type: 'referral.link_created', data: { referral_code: 'R1' } }),
      );
      await count();
    });
    const recount = () => aggregation.recount(DAY, COMMERCE_DAILY);
    const all = async () => ({
      facts: await database.query('SELECT * FROM order_facts ORDER BY order_id, event'),
      orders: await database.query('SELECT * FROM orders ORDER BY order_id'),
      payouts: await database.query('SELECT * FROM payouts'),
      referrals: await database.query('SELECT * FROM referrals'),
      days: await database.query('SELECT * FROM commerce_daily ORDER BY day, dimensions'),
    });

    it('are what they were', async () => {
      const before = await all();

      const differences = [await recount(), await recount()];

      expect(differences).toEqual([0, 0]);
      expect(await all()).toEqual(before);
    });

    it('are not misled by events that wait to be folded', async () => {
      await write(ofOrder('completed', 'not folded yet'));

      expect(await recount()).toBe(0);
    });

    it.each([
      [
        'a fact is missing',
        "DELETE FROM order_facts WHERE order_id = 'o1' AND event_type = 'order.completed'",
      ],
      [
        'a fact is wrong',
        "UPDATE order_facts SET amount_minor = 7 WHERE order_id = 'o1' AND event_type = 'order.completed'",
      ],
      [
        'a fact is made up',
        `INSERT INTO order_facts (organization_id, order_id, event, happened_at, event_type)
         SELECT 'acme', 'o1', gen_random_uuid(), happened_at, 'order.canceled' FROM order_facts
         WHERE order_id = 'o1' AND event_type = 'order.completed'`,
      ],
      [
        'a fact of the day after stands on it',
        `UPDATE order_facts SET happened_at = happened_at - interval '1 day'
         WHERE event_type = 'order.refunded'`,
      ],
      ['an order is missing', "DELETE FROM orders WHERE order_id = 'o1'"],
      ['an order is wrong', "UPDATE orders SET amount_minor = 7 WHERE order_id = 'o1'"],
      [
        'an order is made up',
        'INSERT INTO orders SELECT (jsonb_populate_record(orders, \'{"order_id":"o3"}\')).* FROM orders WHERE order_id = \'o2\'',
      ],
      ['a payout is missing', 'DELETE FROM payouts'],
      ['a payout is wrong', 'UPDATE payouts SET amount_minor = 7'],
      ['a payout is made up', 'UPDATE payouts SET fact = gen_random_uuid()'],
      ['an entry of the ledger is missing', 'DELETE FROM referrals'],
      ['an entry of the ledger is wrong', "UPDATE referrals SET code = 'R2'"],
      [
        'a figure is wrong',
        `UPDATE commerce_daily SET gross_minor = gross_minor + 1 WHERE day = '${DAY}'`,
      ],
      ['a day is missing', `DELETE FROM commerce_daily WHERE day = '${DAY}'`],
    ])('are mended where %s', async (_, spoil) => {
      const before = await all();
      await database.query(spoil);

      const difference = await recount();
      const again = await recount();
      await aggregation.rollUp();

      expect(difference).toBeGreaterThan(0);
      expect(again).toBe(0);
      expect(await all()).toEqual(before);
    });
  });
});
