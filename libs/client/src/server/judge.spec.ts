import { describe, expect, it } from '@jest/globals';
import { judge } from './judge.js';
import { Parcel } from './parcel.js';

const parcels = (count: number): Parcel[] =>
  Array.from({ length: count }, (_, at) => new Parcel({ event: `event_${at}` }));

const answered = (status: number, text = '', retryAfter: string | null = null) => ({
  status,
  text,
  retryAfter,
});

const judged = (...answer: Parameters<typeof answered>) =>
  judge(answered(...answer), parcels(1), false);

describe('the answer to one event', () => {
  it('is a receipt where it is an empty 200', () => {
    expect(judged(200).fates).toEqual([{ stored: true, eventId: null }]);
  });

  it.each([
    [200, '<html>Welcome</html>'],
    [202, ''],
    [204, ''],
  ])('is no receipt where something else answers: %p %p', (status, text) => {
    expect(judged(status, text)).toMatchObject({
      fates: [null],
      trouble: { message: `The endpoint answered ${status}, but not as Footfall does` },
    });
  });

  it.each([408, 429, 500, 502, 503, 504])('says to send it again: %p', (status) => {
    expect(judged(status, '', '7')).toMatchObject({ fates: [null], askedMs: 7000 });
  });

  it('says to send it again where there was none', () => {
    const trouble = new Error('reset');

    expect(judge({ status: 0, trouble }, parcels(1), false)).toEqual({ fates: [null], trouble });
  });

  it.each([
    [400, 'refused'],
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [404, 'refused'],
    [413, 'refused'],
    [301, 'refused'],
  ])('is final: %p is %s', (status, code) => {
    expect(judged(status, 'no JSON').fates).toMatchObject([{ code, status, breaches: [] }]);
  });

  it('names what is broken', () => {
    const breaches = [{ field: 'revenue', reason: 'must be a decimal number' }];

    expect(judged(400, JSON.stringify({ breaches })).fates).toMatchObject([
      {
        message: 'event_0 was refused with 400: revenue must be a decimal number',
        breaches,
        event: { event: 'event_0' },
      },
    ]);
  });
});

describe('the answer to a batch', () => {
  it('is one verdict an event', () => {
    const results = [
      { eventId: 'a', verdict: 'accepted' },
      { eventId: 'b', verdict: 'rejected', breaches: [{ field: 'f', reason: 'is required' }] },
      { eventId: 'c', verdict: 'skipped' },
      { eventId: 'd', verdict: 'failed' },
    ];

    const { fates } = judge(answered(200, JSON.stringify({ results })), parcels(4), true);

    expect(fates).toEqual([
      { stored: true, eventId: 'a' },
      expect.objectContaining({
        code: 'refused',
        message: 'event_1 was refused: f is required',
        event: { event: 'event_1' },
      }),
      { stored: false, eventId: 'c' },
      null,
    ]);
  });

  it.each(['', '[]', 'null', '{"results":[]}', '{"results":{}}', '<html>'])(
    'acknowledges nothing where it is no list of as many verdicts: %s',
    (text) => {
      expect(judge(answered(200, text), parcels(2), true).fates).toEqual([null, null]);
    },
  );

  it('refuses each where the whole is refused', () => {
    const { fates } = judge(answered(401, '{"breaches":[]}'), parcels(2), true);

    expect(fates).toMatchObject([{ event: { event: 'event_0' } }, { event: { event: 'event_1' } }]);
  });
});
