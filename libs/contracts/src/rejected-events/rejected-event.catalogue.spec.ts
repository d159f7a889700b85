import { describe, expect, it } from '@jest/globals';
import { inWords, REJECTED_EVENT_REASONS, WRITER_REASONS } from './rejected-event.catalogue.js';

/** The reasons with which an event can be in a state, beside those it had before. */
const reached = (reason: string) =>
  reason === 'conflict'
    ? 'conflict'
    : (WRITER_REASONS as readonly string[]).includes(reason)
      ? 'rejected'
      : 'refused';

describe('what is told of a rejected event', () => {
  it.each(REJECTED_EVENT_REASONS)('explains %s, and says who has to do what', (reason) => {
    const { explanation, advice } = inWords(reached(reason), reason);

    expect(explanation).toMatch(/^\p{Lu}.{30,}\.$/u);
    expect(advice).toMatch(/^(Front end|Sender|Administrator|Operator): .{30,}\.$/u);
  });

  it('is another explanation for each reason', () => {
    const explanations = REJECTED_EVENT_REASONS.map(
      (reason) => inWords(reached(reason), reason).explanation,
    );

    expect(new Set(explanations).size).toBe(14);
  });

  it('is, while it waits, that it is stored by itself', () => {
    const { advice, retryable } = inWords('waiting', 'unknown_offer');

    expect(advice).toContain('put the offer');
    expect(retryable).toBe('by_itself');
  });

  it('is, where it gave way, to put the offer and to retry', () => {
    const { advice, retryable } = inWords('rejected', 'unknown_offer');

    expect(advice).toMatch(/put the offer .*, then retry/);
    expect(retryable).toBe('yes');
  });

  it('is nothing to do once it is stored, whatever it was kept for', () => {
    for (const reason of REJECTED_EVENT_REASONS) {
      expect(inWords('resolved', reason)).toMatchObject({
        advice: 'Nobody has to do anything.',
        retryable: 'no',
      });
    }
  });

  it.each(['of-a-newer-release', 'constructor'])('is honest of the unknown reason %s', (reason) => {
    expect(inWords('rejected', reason).explanation).toMatch(/this release does not know/);
  });
});
