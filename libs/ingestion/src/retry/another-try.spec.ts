import type { EventLog, EventRecord } from '#libs/event-log';
import { ANONYMOUS, type Door } from '#libs/platform';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { AnotherTry } from './another-try.js';
import type { KeptEvent } from './kept-event.js';

const receipt = { requestId: 'r', receivedAt: 5, ipAddress: null, userAgent: null };
const record: EventRecord = { kind: 'event', contract: 'note', event: {}, receipt, offer: null };
const aKept = (overrides: Partial<KeptEvent> = {}): KeptEvent => ({
  id: 'kept',
  contract: 'note',
  state: 'refused',
  reason: 'breach',
  eventId: 'event-1',
  raw: Buffer.from('{}'),
  receivedAt: new Date(5),
  receipt,
  attempts: 0,
  ...overrides,
});
const taken = { state: 'rejected', reason: 'not_storable' } as const;

describe('another try of an event that was kept aside', () => {
  const judgeAgain = jest.fn<Door['judgeAgain']>();
  const append = jest.fn<EventLog['append']>();
  const log = { notAppended: jest.fn() };
  const anotherTry = new AnotherTry({ judgeAgain } as never, { append } as never, log as never);
  const verdictOf = async (kept: KeptEvent) => (await anotherTry.of(kept, ANONYMOUS)).verdict;

  beforeEach(() => {
    jest.resetAllMocks();
    append.mockResolvedValue();
  });

  it('bears the number of the try, whichever way it goes', async () => {
    judgeAgain.mockResolvedValue({ eventId: 'event-1', verdict: 'accepted' });

    await verdictOf(aKept({ attempts: 2 }));
    await verdictOf(aKept({ ...taken, attempts: 4, raw: Buffer.from(JSON.stringify(record)) }));

    expect(judgeAgain.mock.calls[0]?.[2].receipt).toEqual({
      ...receipt,
      retryOf: { id: 'kept', attempt: 3 },
    });
    expect(append.mock.calls[0]?.[0][0]?.receipt).toEqual({
      ...receipt,
      retryOf: { id: 'kept', attempt: 5 },
    });
  });

  it('fails where the log takes nothing, and says so with the id', async () => {
    append.mockRejectedValue(new Error('full'));

    const verdict = await verdictOf(aKept({ ...taken, raw: Buffer.from(JSON.stringify(record)) }));

    expect(verdict).toBe('failed');
    expect(log.notAppended).toHaveBeenCalledWith('kept', expect.any(Error));
  });

  it.each([
    ['failed', 'failed'],
    ['skipped', 'not_retryable'],
    ['rejected', 'still_refused'],
  ] as const)('that is %s at its door is %s', async (judged, verdict) => {
    judgeAgain.mockResolvedValue({ eventId: null, verdict: judged });

    expect(await verdictOf(aKept())).toBe(verdict);
  });

  it('is none where this process has no door for its contract', async () => {
    judgeAgain.mockResolvedValue(null);

    expect(await verdictOf(aKept())).toBe('not_retryable');
  });

  it.each(['{', 'null', '{}', '{"kind":"refusal","receipt":{}}'])(
    'is none where no record was kept, but %s',
    async (raw) => {
      expect(await verdictOf(aKept({ ...taken, raw: Buffer.from(raw) }))).toBe('not_retryable');
      expect(append).not.toHaveBeenCalled();
    },
  );

  it('keeps the sender’s id that is known already where its door finds none', async () => {
    judgeAgain.mockResolvedValue({ eventId: null, verdict: 'rejected', breaches: [] });

    expect(await anotherTry.of(aKept(), ANONYMOUS)).toMatchObject({ eventId: 'event-1' });
  });
});
