import { describe, expect, it } from '@jest/globals';
import { verdictsOf } from './verdicts.js';

describe('the verdicts of an answer', () => {
  it.each([
    [204, '', 'accepted'],
    [200, '', 'accepted'],
    [202, '', 'failed'],
    [202, 'null', 'failed'],
    [202, '{"tracked":true,"eventId":"e"}', 'accepted'],
    [202, '{"tracked":false,"reason":"dnt"}', 'skipped'],
    [202, '{"tracked":false,"eventId":null}', 'failed'],
    [0, undefined, 'failed'],
    [304, '', 'failed'],
    [400, '{"breaches":[]}', 'rejected'],
    [408, '', 'failed'],
    [413, '', 'rejected'],
    [429, '', 'failed'],
    [500, '<html>', 'failed'],
    [503, '', 'failed'],
  ])('%i with %j: one event is %s', (status, text, verdict) => {
    expect(verdictsOf(text === undefined ? { status } : { status, text }, 1)).toEqual([verdict]);
  });

  it.each([
    [400, 'apart'],
    [401, 'rejected'],
    [403, 'rejected'],
    [404, 'apart'],
    [413, 'apart'],
    [429, 'failed'],
    [503, 'failed'],
    [0, 'failed'],
  ])('%i to a group: each is %s', (status, verdict) => {
    expect(verdictsOf({ status }, 2)).toEqual([verdict, verdict]);
  });

  it('of a group stand in the order of its events', () => {
    const text = '{"results":[{"verdict":"accepted"},{"verdict":"rejected"}]}';

    expect(verdictsOf({ status: 200, text }, 2)).toEqual(['accepted', 'rejected']);
  });

  it.each([
    '',
    'null',
    '[]',
    '<html>',
    '{"results":null}',
    '{"results":[]}',
    '{"results":[null,{}]}',
  ])('that cannot be read, as in %j, mean that nothing is known', (text) => {
    expect(verdictsOf({ status: 200, text }, 2)).toEqual(['failed', 'failed']);
  });
});
