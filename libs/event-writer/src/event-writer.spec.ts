import type { EventLog, EventRecord } from '#libs/event-log';
import { Metrics } from '#libs/platform';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { BatchWriter } from './batch-writer.js';
import { EventWriter } from './event-writer.js';
import { EventWriterMetrics } from './event-writer.metrics.js';

const aBatch = [{ receipt: { receivedAt: 0 } }] as unknown as EventRecord[];
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the life of the event writer', () => {
  const ready = jest.fn<() => Promise<void>>();
  const consume = jest.fn<EventLog['consume']>();
  const write = jest.fn<BatchWriter['write']>();
  const waitingEvents = { run: jest.fn(() => Promise.resolve()) };
  const log = { consumeFailed: jest.fn() };
  let writer: EventWriter;

  beforeEach(() => {
    jest.resetAllMocks();
    ready.mockResolvedValue();
    writer = new EventWriter(
      { consume } as never,
      { ready } as never,
      { write } as never,
      waitingEvents as never,
      new EventWriterMetrics(new Metrics()),
      log as never,
    );
  });

  it('consumes nothing before the database is ready', async () => {
    let open: () => void = () => undefined;
    ready.mockReturnValue(new Promise((resolve) => (open = resolve)));

    writer.start();
    await turn();
    const before = consume.mock.calls.length;
    open();
    await turn();

    expect(before).toBe(0);
    expect(consume).toHaveBeenCalledTimes(1);
    await writer.stop();
  });

  it('stops at once while it still waits for the database', async () => {
    ready.mockReturnValue(new Promise(() => undefined));
    writer.start();

    await expect(writer.stop()).resolves.toBeUndefined();
    expect(consume).not.toHaveBeenCalled();
  });

  it('stops only when the batch in hand is written', async () => {
    let commit: () => void = () => undefined;
    write.mockReturnValue(new Promise((resolve) => (commit = resolve)));
    consume.mockImplementation(async (handler) => handler(aBatch));
    writer.start();
    await turn();

    let hasStopped = false;
    const stopping = writer.stop().then(() => (hasStopped = true));
    await turn();
    expect(hasStopped).toBe(false);
    commit();
    await stopping;

    expect(hasStopped).toBe(true);
  });

  it('asks a log that fails to hand over again', async () => {
    consume.mockRejectedValueOnce(new Error('a broken segment'));
    consume.mockImplementation(() => new Promise(() => undefined));

    writer.start();
    while (consume.mock.calls.length < 2) await turn();

    expect(log.consumeFailed).toHaveBeenCalledTimes(1);
  });
});
