import type { Database } from '#libs/database';
import { describe, expect, it, jest } from '@jest/globals';
import { Patience, StoppedError, waitAfter } from './patience.js';

const never = new AbortController().signal;

describe('the wait between two tries', () => {
  it('grows from a tenth of a second to half a minute', () => {
    const waits = [1, 2, 3, 9, 10, 1000].map((tries) => waitAfter('not-now', tries));

    expect(waits).toEqual([100, 200, 400, 25_600, 30_000, 30_000]);
  });

  it('begins longer where nothing heals by itself', () => {
    expect(waitAfter('ours', 1)).toBe(1000);
  });

  it('ends when the database is back', async () => {
    const query = jest
      .fn<Database['query']>()
      .mockRejectedValueOnce(new Error('connection refused'))
      .mockResolvedValue([]);
    const startedAt = Date.now();

    await new Patience({ query } as never).wait('not-now', 20, never);

    expect(Date.now() - startedAt).toBeLessThan(5000);
    expect(query).toHaveBeenCalledTimes(2);
  });

  it('asks one question at a time while the database hangs', async () => {
    const query = jest.fn<Database['query']>().mockReturnValue(new Promise(() => undefined));
    const stop = new AbortController();
    const waiting = new Patience({ query } as never).wait('not-now', 20, stop.signal);
    setTimeout(() => stop.abort(), 2500);

    await expect(waiting).rejects.toThrow(StoppedError);
    expect(query).toHaveBeenCalledTimes(1);
  });

  it('ends at once when the writer is stopped', async () => {
    const query = jest.fn<Database['query']>().mockRejectedValue(new Error('away'));

    const waiting = new Patience({ query } as never).wait('ours', 20, AbortSignal.abort());

    await expect(waiting).rejects.toThrow(StoppedError);
  });
});
