import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { CannotTellError, type Offer } from './offer.js';
import { OfferMisses } from './offer-misses.js';

const anOffer: Offer = { productId: 'product-1', producerId: 'producer-1' };

type Read = (offerIds: readonly string[]) => Promise<ReadonlyMap<string, Offer>>;

describe('asking the database for offers that memory lacks', () => {
  const read = jest.fn<Read>();
  const found = jest.fn();
  let misses: OfferMisses;

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    jest.resetAllMocks();
    read.mockResolvedValue(new Map());
    misses = new OfferMisses(read, found);
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const aTurn = (): Promise<void> => new Promise(setImmediate);

  it('asks once for all that wait, and once for those that come meanwhile', async () => {
    let answerFirst: (offers: ReadonlyMap<string, Offer>) => void = () => undefined;
    read.mockReturnValueOnce(new Promise((resolve) => (answerFirst = resolve)));

    const answers = ['a', 'b', 'a'].map((offerId) => misses.ask(offerId));
    await aTurn();
    answers.push(...['a', 'c', 'd'].map((offerId) => misses.ask(offerId)));
    answerFirst(new Map());
    await Promise.all(answers);

    expect(read.mock.calls).toEqual([[['a', 'b']], [['c', 'd']]]);
  });

  it('answers each with its own offer, and hands what it found to memory', async () => {
    read.mockResolvedValue(new Map([['a', anOffer]]));

    const answers = await Promise.all([misses.ask('a'), misses.ask('b')]);

    expect(answers).toEqual([anOffer, null]);
    expect(found.mock.calls).toEqual([['a', anOffer]]);
  });

  it('remembers for a second that there is no such offer', async () => {
    jest.useRealTimers();
    await misses.ask('a');
    const since = performance.now();

    while (misses.isAbsent('a')) await aTurn();

    expect(performance.now() - since).toBeGreaterThan(900);
  });

  it('forgets what was absent when offers change', async () => {
    await misses.ask('a');
    misses.forget();

    expect(misses.isAbsent('a')).toBe(false);
  });

  it('cannot tell when the database does not answer in 50 ms', async () => {
    read.mockReturnValue(new Promise(() => undefined));
    const answer = misses.ask('a');
    answer.catch(() => undefined);
    await aTurn();

    jest.advanceTimersByTime(50);

    await expect(answer).rejects.toThrow(CannotTellError);
    expect(misses.isAbsent('a')).toBe(false);
  });

  it('lets an answer that came too late serve the next request', async () => {
    let answerLate: (offers: ReadonlyMap<string, Offer>) => void = () => undefined;
    read.mockReturnValue(new Promise((resolve) => (answerLate = resolve)));
    const late = misses.ask('a');
    await Promise.all([expect(late).rejects.toThrow(CannotTellError), pass(50)]);

    answerLate(new Map([['a', anOffer]]));
    await aTurn();

    expect(found).toHaveBeenCalledWith('a', anOffer);
  });

  it('drops an answer that took so long that a poll may know better', async () => {
    let answerLate: (offers: ReadonlyMap<string, Offer>) => void = () => undefined;
    read.mockReturnValue(new Promise((resolve) => (answerLate = resolve)));
    const late = misses.ask('a');
    await Promise.all([expect(late).rejects.toThrow(CannotTellError), pass(1001)]);

    answerLate(new Map([['a', anOffer]]));
    await aTurn();

    expect(found).not.toHaveBeenCalled();
  });

  it('never has more than one query under way, also while the database hangs', async () => {
    read.mockReturnValue(new Promise(() => undefined));

    await Promise.all([expect(misses.ask('a')).rejects.toThrow(CannotTellError), pass(50)]);
    await Promise.all([expect(misses.ask('b')).rejects.toThrow(CannotTellError), pass(50)]);

    expect(read).toHaveBeenCalledTimes(1);
  });

  it('keeps no more than a thousand waiting', async () => {
    const waiting = Array.from({ length: 1000 }, (_, i) => misses.ask(`offer-${i}`));

    await expect(misses.ask('one-more')).rejects.toThrow(CannotTellError);
    await expect(Promise.all(waiting)).resolves.toHaveLength(1000);
  });

  it('does not let one id that no database can hold spoil the others', async () => {
    const answers = await Promise.all([misses.ask('a\0'), misses.ask('b')]);

    expect(answers).toEqual([null, null]);
    expect(read.mock.calls).toEqual([[['b']]]);
  });

  it('cannot tell while the database is away, and says why', async () => {
    const trouble = new Error('connection refused');
    read.mockRejectedValue(trouble);

    const answer = misses.ask('a');

    await expect(answer).rejects.toThrow(CannotTellError);
    await expect(answer).rejects.toMatchObject({ cause: trouble });
    expect(misses.isAbsent('a')).toBe(false);
  });

  async function pass(ms: number): Promise<void> {
    await aTurn();
    jest.advanceTimersByTime(ms);
    await aTurn();
  }
});
