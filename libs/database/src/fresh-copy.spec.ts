import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { Database } from './database.js';
import { FreshCopy } from './fresh-copy.js';

describe('a copy that is kept fresh', () => {
  const refresh = jest.fn<(stop: AbortSignal) => Promise<void>>();
  const listen = jest.fn<Database['listen']>();
  let warn: ReturnType<typeof jest.spyOn>;
  let log: ReturnType<typeof jest.spyOn>;
  let becomeReady: () => void;
  let copy: FreshCopy;

  beforeEach(() => {
    warn = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    log = jest.spyOn(Logger.prototype, 'log').mockReturnValue();
    refresh.mockReset().mockResolvedValue();
    listen.mockReset();
    const ready = new Promise<void>((resolve) => (becomeReady = resolve));
    const database = { ready: () => ready, listen } as unknown as Database;
    copy = new FreshCopy(database, { channel: 'changes', everyMs: 60_000, refresh });
  });
  afterEach(async () => {
    await copy.stop();
    jest.restoreAllMocks();
  });

  const notify = (): void => listen.mock.calls[0]![1]();
  const refreshed = async (times: number): Promise<void> => {
    while (refresh.mock.calls.length < times) await aMoment();
  };
  const aMoment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

  it('waits for the database, then reads it and listens', async () => {
    copy.start();
    await aMoment();
    const tooEarly = refresh.mock.calls.length + listen.mock.calls.length;

    becomeReady();
    await refreshed(1);

    expect(tooEarly).toBe(0);
    expect(listen.mock.calls.map(([channel]) => channel)).toEqual(['changes']);
  });

  it('is started once, however often it is told', async () => {
    copy.start();
    copy.start();
    becomeReady();
    await refreshed(1);
    await aMoment();

    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('reads again when it is told of a change, also of one during a read', async () => {
    refresh.mockImplementationOnce(async () => notify());
    copy.start();
    becomeReady();
    await refreshed(2);

    notify();
    await refreshed(3);

    expect(refresh).toHaveBeenCalledTimes(3);
  });

  it('reads once for many changes at a time', async () => {
    copy.start();
    becomeReady();
    await refreshed(1);

    for (let i = 0; i < 1000; i += 1) notify();
    await refreshed(2);
    await aMoment();

    expect(refresh).toHaveBeenCalledTimes(2);
  });

  it('goes on after a failure, and says once that it fails and once that it works again', async () => {
    refresh.mockRejectedValueOnce(new Error('gone')).mockRejectedValueOnce(new Error('gone'));
    copy.start();
    becomeReady();
    for (const times of [1, 2, 3, 4]) {
      await refreshed(times);
      notify();
    }

    expect(warn.mock.calls).toEqual([
      [{ type: 'REFRESH_FAILED', channel: 'changes', error: 'Error: gone' }],
    ]);
    expect(log.mock.calls).toEqual([[{ type: 'REFRESH_RESUMED', channel: 'changes' }]]);
  });

  it('stops before the database is there, and never reads it then', async () => {
    copy.start();

    await copy.stop();
    becomeReady();
    await aMoment();

    expect(refresh).not.toHaveBeenCalled();
  });

  it('does not wait for ever for a read that hangs', async () => {
    refresh.mockReturnValue(new Promise(() => undefined));
    copy.start();
    becomeReady();
    await refreshed(1);

    await expect(copy.stop()).resolves.toBeUndefined();
    expect(refresh.mock.calls[0]![0].aborted).toBe(true);
  });
});
