import type { RetriedEvent } from '#libs/contracts';
import { ANONYMOUS } from '#libs/platform';
import { describe, expect, it, jest } from '@jest/globals';
import type { AnotherTry } from './another-try.js';
import type { KeptEvent } from './kept-event.js';
import type { KeptEventsRepository } from './kept-events.repository.js';
import { Retry } from './retry.js';

const idOf = (i: number): string => `00000000-0000-8000-8000-${String(i).padStart(12, '0')}`;
const kept = Array.from({ length: 51 }, (_, i) => ({ id: idOf(i), receivedAt: new Date(i) }));

describe('a retry whose database goes away in the middle', () => {
  const away = new Error('away');
  const page = async (): Promise<KeptEvent[]> => kept as KeptEvent[];
  const tried: AnotherTry['of'] = async ({ id }) => ({ id, verdict: 'retried' }) as RetriedEvent;

  it.each([
    ['filter', { filter: {} }],
    ['ids', { ids: kept.map(({ id }) => id) }],
  ] as const)('fails, and logs what is on its way by %s', async (by, request) => {
    const matching = jest.fn<KeptEventsRepository['matching']>().mockRejectedValue(away);
    const withIds = jest.fn<KeptEventsRepository['withIds']>().mockRejectedValue(away);
    matching.mockImplementationOnce(page);
    withIds.mockImplementationOnce(async (ids) => (await page()).slice(0, ids.length));
    const log = { retried: jest.fn() };
    const retry = new Retry(
      { matching, withIds } as never,
      { of: tried } as never,
      { retried: () => undefined } as never,
      log as never,
    );

    await expect(retry.run(request, ANONYMOUS)).rejects.toBe(away);

    expect(log.retried).toHaveBeenCalledWith(
      ANONYMOUS,
      by,
      expect.objectContaining({ matched: 50, retried: 50 }),
    );
  });
});
