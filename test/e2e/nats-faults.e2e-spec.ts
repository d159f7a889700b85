import { nanos } from '@nats-io/transport-node';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { aCommerceMessage, manyMessages, published } from '../support/commerce-message.js';
import { FaultyHouse, figure } from '../support/faults.js';
import { NatsServerProcess, STREAM } from '../support/nats.js';
import { describeWith, hasProgram } from '../support/needs.js';
import type { FootfallProcess } from '../support/process.js';
import { until } from '../support/until.js';

jest.setTimeout(180_000);

const suite = describeWith(hasProgram('nats-server'), 'nats-server is not installed');

const MESSAGES = 5000;
/** What was delivered to a process that died comes again only then: by default half a minute. */
const REDELIVERED_AFTER_MS = 2000;
const EMPTIED_WITHIN_MS = 60_000;
/** More than any volume has. */
const NO_ROOM = { EVENT_LOG_MIN_FREE_BYTES: String(Number.MAX_SAFE_INTEGER) };

suite('commerce events from NATS, whatever breaks', () => {
  let nats: NatsServerProcess;
  let house: FaultyHouse;

  beforeEach(async () => {
    nats = await NatsServerProcess.start();
    await nats.manage(async (manager) => {
      await manager.streams.add({ name: STREAM, subjects: ['commerce.>'] });
      await manager.consumers.add(STREAM, {
        durable_name: 'footfall',
        ack_policy: 'explicit',
        ack_wait: nanos(REDELIVERED_AFTER_MS),
      });
    });
    house = await FaultyHouse.build({ NATS_URL: nats.url });
  });
  afterEach(async () => {
    await house.clearAway();
    await nats.dispose();
  });

  const ready = async (): Promise<FootfallProcess> => {
    const footfall = await house.spawn();
    await footfall.ready();
    return footfall;
  };
  const taken = (footfall: FootfallProcess) => figure(footfall, 'nats_messages_total');
  const inMidStream = (footfall: FootfallProcess) =>
    until('some are taken', async () => (await taken(footfall)) > 200);
  /** Puts messages into the stream while nobody takes any, or all were taken before the fault. */
  const storeAsleep = async (
    footfall: FootfallProcess,
    messages: Parameters<NatsServerProcess['store']>[0],
  ): Promise<void> => {
    footfall.child.kill('SIGSTOP');
    try {
      await nats.store(messages);
    } finally {
      footfall.child.kill('SIGCONT');
    }
  };
  const stored = async (): Promise<string[]> => {
    const rows = await house.postgres.query<{ event_id: string }>(
      'SELECT event_id FROM commerce_events',
    );
    return rows.map(({ event_id: id }) => id).toSorted();
  };
  const nothingIsAside = async (): Promise<void> =>
    expect(await house.postgres.query('SELECT reason FROM rejected_events')).toEqual([]);

  it('are lost nowhere and doubled nowhere where NATS is killed in mid-stream, and again', async () => {
    const footfall = await ready();
    const first = manyMessages(MESSAGES, 'first');
    const second = manyMessages(MESSAGES, 'second');

    await storeAsleep(footfall, first.messages);
    await inMidStream(footfall);
    const before = await taken(footfall);
    await nats.kill9();
    await nats.restart();
    const storing = nats.store(second.messages);
    await until('it is taken up again', async () => (await taken(footfall)) > before + 200);
    await storing;
    await nats.kill9();
    await nats.restart();
    await nats.isEmptied(EMPTIED_WITHIN_MS);
    await house.drained();

    expect(before).toBeLessThan(MESSAGES);
    expect(await stored()).toEqual([...first.ids, ...second.ids].toSorted());
    await nothingIsAside();
  });

  it('are lost nowhere and doubled nowhere where Footfall is killed in mid-stream', async () => {
    const { ids, messages } = manyMessages(MESSAGES);
    let footfall = await ready();

    await storeAsleep(footfall, messages);
    await inMidStream(footfall);
    const before = await taken(footfall);
    await footfall.kill9();
    footfall = await house.again(footfall);
    await nats.isEmptied(EMPTIED_WITHIN_MS);
    await house.drained();

    expect(before).toBeLessThan(MESSAGES);
    expect(await figure(footfall, 'events_conflict_total')).toBe(0);
    expect(await stored()).toEqual(ids.toSorted());
    await nothingIsAside();
  });

  it('are all acknowledged or left to others where Footfall stops in mid-stream', async () => {
    const { ids, messages } = manyMessages(MESSAGES);
    const footfall = await ready();

    await storeAsleep(footfall, messages);
    await inMidStream(footfall);
    const code = await footfall.stop();
    const after = await nats.consumer();
    await house.again(footfall);
    await nats.isEmptied(EMPTIED_WITHIN_MS);
    await house.drained();

    expect(code).toBe(0);
    expect(after.num_pending).toBeGreaterThan(0);
    expect(after.num_ack_pending).toBe(0);
    expect(await stored()).toEqual(ids.toSorted());
  });

  it('are acknowledged while PostgreSQL is away, and become rows when it is back', async () => {
    const { ids, messages } = manyMessages(1000);
    const footfall = await ready();
    await house.postgres.stop('immediate');

    await nats.store([...messages, ['commerce.poison', 'broken']]);
    await nats.isEmptied();
    const kept = await figure(footfall, 'events_appended_total');
    await house.postgres.start();
    await house.drained();

    expect(kept).toBe(1000);
    expect(await stored()).toEqual(ids.toSorted());
    expect(await house.postgres.query('SELECT reason FROM rejected_events')).toEqual([
      { reason: 'not_json' },
    ]);
  });

  it('stay in the stream, poison too, while the event log takes nothing', async () => {
    const { ids, messages } = manyMessages(50);
    const full = await house.spawn({ settings: NO_ROOM });
    await full.answering();

    await nats.store([...messages, ['commerce.poison', 'broken']]);
    await until('all were tried, some twice', async () => {
      return (await figure(full, 'nats_redelivered_total')) > 51;
    });
    const { ack_floor: floor } = await nats.consumer();
    const counted = [
      await figure(full, 'events_appended_total'),
      await figure(full, 'events_invalid_total'),
      await figure(full, 'events_lost_total'),
    ];
    await full.stop();
    await house.again(full);
    await nats.isEmptied(EMPTIED_WITHIN_MS);
    await house.drained();

    expect(floor.stream_seq).toBe(0);
    expect(counted).toEqual([0, 0, 0]);
    expect(await stored()).toEqual(ids.toSorted());
    expect(await house.postgres.query('SELECT reason FROM rejected_events')).toEqual([
      { reason: 'not_json' },
    ]);
  });

  it('are taken past messages that are as large as NATS allows', async () => {
    const footfall = await ready();
    const large = 'x'.repeat(1024 * 1024 - 1000);

    await nats.store([
      ...Array.from({ length: 100 }, () => ['commerce.poison.large', large] as const),
      published(aCommerceMessage({ id: 'behind' })),
    ]);
    await nats.isEmptied(EMPTIED_WITHIN_MS);
    await house.drained();

    expect(await stored()).toEqual(['behind']);
    const aside = await house.postgres.query(
      'SELECT reason, length(raw) AS bytes FROM rejected_events',
    );
    expect(aside).toEqual(Array(100).fill({ reason: 'too_large', bytes: 8192 }));
    expect(await figure(footfall, 'nats_messages_total')).toBe(101);
  });
});
