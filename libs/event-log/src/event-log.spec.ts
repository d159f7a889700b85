import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { anEventRecord, eventIds } from '../../../test/support/journal-records.js';
import { Collector, JournalWorkshop, until } from '../../../test/support/journal.js';
import type { EventLog } from './event-log.js';

const workshop = new JournalWorkshop();

/** Every event log keeps these promises. */
const implementations: [string, () => Promise<EventLog>][] = [
  ['journal', async () => workshop.open(await workshop.folder(), { segmentBytes: 65_536 })],
];

describe.each(implementations)('the event log: %s', (_name, open) => {
  afterEach(() => workshop.clean());

  it('hands over what was appended, unchanged and in order', async () => {
    const log = await open();
    const records = [
      anEventRecord('a', { text: 'é 👍 "quoted" \\ \u2028', nested: { list: [1, null, true] } }),
      anEventRecord('b'),
      { ...anEventRecord('c'), kind: 'refusal' as const, raw: '{', reason: 'syntax', breaches: [] },
    ];

    for (const record of records) await log.append([record]);
    const collector = new Collector(log);
    await collector.has(3);
    await collector.stop();

    expect(collector.batches.flat()).toEqual(records);
  });

  it('keeps the records of one append together, whoever appends beside it', async () => {
    const log = await open();
    const calls = Array.from({ length: 20 }, (_, call) => [`${call}-a`, `${call}-b`, `${call}-c`]);

    await Promise.all(calls.map((ids) => log.append(ids.map((id) => anEventRecord(id)))));
    const collector = new Collector(log);
    await collector.has(60);
    await collector.stop();

    expect(collector.ids).toEqual(calls.flat());
  });

  it('hands over the same records again until the handler resolves', async () => {
    const log = await open();
    await log.append([anEventRecord('a'), anEventRecord('b')]);
    const seen: string[][] = [];

    const collector = new Collector(log, async (batch) => {
      seen.push(eventIds(batch));
      if (seen.length < 3) throw new Error('the database is away');
    });
    await collector.has(2);
    await collector.stop();

    expect(seen).toEqual([
      ['a', 'b'],
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('hands over each record once where nothing fails', async () => {
    const log = await open();
    const collector = new Collector(log);

    for (let i = 0; i < 50; i++) await log.append([anEventRecord(String(i))]);
    await collector.has(50);
    await collector.stop();

    expect(collector.ids).toEqual(Array.from({ length: 50 }, (_, i) => String(i)));
  });

  it('forgets what one consumer took before the next one comes', async () => {
    const log = await open();
    await log.append([anEventRecord('a')]);
    const first = new Collector(log);
    await first.has(1);
    await first.stop();

    await log.append([anEventRecord('b')]);
    const second = new Collector(log);
    await second.has(1);
    await second.stop();

    expect(second.ids).toEqual(['b']);
  });

  it('lets the running handler end before consume resolves', async () => {
    const log = await open();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let stopped = false;
    const handler = jest.fn(() => held);
    const collector = new Collector(log, handler);
    await log.append([anEventRecord('a')]);
    await until(() => handler.mock.calls.length > 0);

    const stopping = collector.stop().then(() => (stopped = true));
    await new Promise((resolve) => setImmediate(resolve));
    const stoppedEarly = stopped;
    release();
    await stopping;

    expect(stoppedEarly).toBe(false);
    expect(collector.ids).toEqual(['a']);
  });

  it('refuses a record that has no JSON text, and keeps nothing of its call', async () => {
    const log = await open();
    const impossible = anEventRecord('b', { amount: 1n });

    await expect(log.append([anEventRecord('a'), impossible])).rejects.toThrow(TypeError);
    await log.append([anEventRecord('c')]);
    const collector = new Collector(log);
    await collector.has(1);
    await collector.stop();

    expect(collector.ids).toEqual(['c']);
  });

  it('takes nothing to append as appended', async () => {
    const log = await open();

    await expect(log.append([])).resolves.toBeUndefined();
  });
});
