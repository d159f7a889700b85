import type { EventRecord } from '#libs/event-log';
import { Metrics } from '#libs/platform';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { AfterCommit } from './after-commit.js';
import type { BatchRepository, Written } from './batch.repository.js';
import { BatchWriter } from './batch-writer.js';
import type { ContractWriter } from './contract-writer.js';
import { EventWriterMetrics } from './event-writer.metrics.js';
import { type Patience, StoppedError } from './patience.js';

const NOTHING: Written = { tallies: [], waiting: 0, failures: [] };
const never = new AbortController().signal;
const refusal = (code: string, message = 'refused') => Object.assign(new Error(message), { code });

const aRecord = (id: number, contract = 'made-up'): EventRecord => ({
  kind: 'event',
  contract,
  event: { id },
  receipt: { requestId: 'r', receivedAt: 0, ipAddress: null, userAgent: null },
  offer: null,
});
const someRecords = (count: number) => Array.from({ length: count }, (_, i) => aRecord(i));
const idOf = (record: EventRecord) => (record as unknown as { event: { id: number } }).event.id;

describe('writing a batch', () => {
  const store = jest.fn<BatchRepository['store']>();
  const giveUp = jest.fn<BatchRepository['giveUp']>();
  const wait = jest.fn<Patience['wait']>();
  const persistFailed = jest.fn<ContractWriter['persistFailed']>();
  const waitingEvents = { hasten: jest.fn() };
  const log = { retrying: jest.fn(), recovered: jest.fn(), persistFailed: jest.fn() };
  let stored: number[];
  let writer: BatchWriter;

  /** A database that refuses batches which hold one of these. */
  const poisonedBy = (ids: readonly number[], code: string): void => {
    store.mockImplementation(async (records) => {
      if (records.some((record) => ids.includes(idOf(record)))) throw refusal(code);
      stored.push(...records.map(idOf));
      return NOTHING;
    });
  };

  beforeEach(() => {
    jest.resetAllMocks();
    stored = [];
    poisonedBy([], '');
    giveUp.mockImplementation(async (record, error) => ({
      ...NOTHING,
      failures: record.kind === 'event' ? [{ record, error }] : [],
    }));
    wait.mockResolvedValue();
    const metrics = new EventWriterMetrics(new Metrics());
    writer = new BatchWriter(
      { store, giveUp } as never,
      { wait } as never,
      waitingEvents as never,
      new AfterCommit(metrics, log as never, [{ contract: 'made-up', persistFailed } as never]),
      metrics,
      log as never,
    );
  });

  it('stores a sound batch at once', async () => {
    await writer.write(someRecords(500), never);

    expect(store).toHaveBeenCalledTimes(1);
    expect(wait).not.toHaveBeenCalled();
  });

  it.each([0, 1, 250, 499])('finds bad row %i of 500 in few transactions', async (bad) => {
    poisonedBy([bad], '22P02');

    await writer.write(someRecords(500), never);

    expect(stored).toEqual(
      someRecords(500)
        .map(idOf)
        .filter((id) => id !== bad),
    );
    expect(giveUp).toHaveBeenCalledTimes(1);
    expect(store.mock.calls.length).toBeLessThanOrEqual(1 + 2 * 9);
    expect(wait).not.toHaveBeenCalled();
  });

  it('says in the log of the contract which SQLSTATE kept an event out', async () => {
    poisonedBy([3], '22P02');

    await writer.write(someRecords(8), never);

    expect(persistFailed).toHaveBeenCalledTimes(1);
    expect(persistFailed).toHaveBeenCalledWith(
      { id: 3 },
      expect.objectContaining({ code: '22P02', message: 'PostgreSQL refuses the row' }),
      expect.anything(),
      {},
    );
  });

  it('keeps a batch that consists of bad rows only', async () => {
    poisonedBy([0, 1, 2, 3, 4], '22021');

    await writer.write(someRecords(5), never);

    expect(giveUp.mock.calls.map(([record]) => idOf(record))).toEqual([0, 1, 2, 3, 4]);
  });

  it.each(['57P01', '53100', '40P01', '42P01'])(
    'waits for as long as PostgreSQL says %s, and gives up no row',
    async (code) => {
      for (let i = 0; i < 25; i += 1) store.mockRejectedValueOnce(refusal(code));

      await writer.write(someRecords(3), never);

      expect(wait).toHaveBeenCalledTimes(25);
      expect(log.retrying).toHaveBeenCalledTimes(25);
      expect(giveUp).not.toHaveBeenCalled();
      expect(stored).toEqual([0, 1, 2]);
    },
  );

  it('gives up a row of which nobody knows what ails it only after ten tries alone', async () => {
    poisonedBy([2], 'XX000');

    await writer.write(someRecords(8), never);

    const alone = store.mock.calls.filter(([records]) => records.length === 1);
    expect(alone.filter(([records]) => records.map(idOf).includes(2))).toHaveLength(10);
    expect(giveUp).toHaveBeenCalledTimes(1);
    expect(stored).toEqual([0, 1, 3, 4, 5, 6, 7]);
  });

  it('blames no row for an unknown fault that passes', async () => {
    for (let i = 0; i < 9; i += 1) store.mockRejectedValueOnce(refusal('XX000'));

    await writer.write(someRecords(8), never);

    expect(giveUp).not.toHaveBeenCalled();
    expect(stored).toHaveLength(8);
  });

  it('tries without end to keep a bad row aside', async () => {
    poisonedBy([0], '22021');
    giveUp.mockRejectedValueOnce(refusal('57P01')).mockRejectedValueOnce(refusal('22021'));

    await writer.write(someRecords(1), never);

    expect(giveUp).toHaveBeenCalledTimes(3);
  });

  it('takes no committed batch for a failed one, though its log line fails', async () => {
    poisonedBy([0], '22021');
    persistFailed.mockImplementation(() => {
      throw new TypeError('no event');
    });

    await writer.write(someRecords(2), never);

    expect(stored).toEqual([1]);
    expect(giveUp).toHaveBeenCalledTimes(1);
    expect(log.persistFailed).toHaveBeenCalledTimes(1);
  });

  it('gives the batch back when it is stopped while the database is away', async () => {
    store.mockRejectedValue(refusal('ECONNREFUSED'));
    wait.mockRejectedValue(new StoppedError('stopped'));

    await expect(writer.write(someRecords(3), never)).rejects.toThrow(StoppedError);
  });

  it('looks for offers soon when an event began to wait', async () => {
    store.mockResolvedValue({ ...NOTHING, waiting: 1 });

    await writer.write(someRecords(1), never);

    expect(waitingEvents.hasten).toHaveBeenCalledTimes(1);
  });
});
