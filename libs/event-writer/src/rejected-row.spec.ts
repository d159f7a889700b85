import type { EventRecord } from '#libs/event-log';
import { describe, expect, it } from '@jest/globals';
import { rejectedRow } from './rejected-row.js';

const receipt = { requestId: 'r', receivedAt: 1_700_000_000_000, ipAddress: null, userAgent: null };
const anEvent = (event: object): EventRecord => ({
  kind: 'event',
  contract: 'made-up',
  event,
  receipt,
  offer: null,
});
const aRefusal = (raw: string, field = 'eventId'): EventRecord => ({
  kind: 'refusal',
  contract: 'made-up',
  reason: 'breach',
  raw,
  breaches: [{ field, reason: 'is required' }],
  receipt,
});
const waiting = { state: 'waiting', reason: 'unknown_offer', eventId: 'event-1' } as const;

describe('a row of rejected_events', () => {
  it('bears the same id whenever it is made of the same record', () => {
    const first = rejectedRow(anEvent({ a: 1 }), waiting);
    const again = rejectedRow(anEvent({ a: 1 }), { ...waiting, state: 'rejected' });
    const other = rejectedRow(anEvent({ a: 2 }), waiting);

    expect(again.id).toBe(first.id);
    expect(other.id).not.toBe(first.id);
    expect(first.id).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('keeps an event with its receipt, so that it can be written later', () => {
    const record = anEvent({ text: 'a\0b\ud800' });

    const { raw } = rejectedRow(record, waiting);

    expect(JSON.parse(raw.toString())).toEqual(record);
  });

  it('keeps a refused body as it came', () => {
    const { raw, breaches } = rejectedRow(aRefusal('{"a":'), { ...waiting, state: 'refused' });

    expect(raw.toString()).toBe('{"a":');
    expect(breaches).toEqual([{ field: 'eventId', reason: 'is required' }]);
  });

  it('holds nothing that PostgreSQL refuses, whatever was sent', () => {
    const row = rejectedRow(aRefusal('x', 'a\0\ud800b'), {
      ...waiting,
      eventId: 'event\0',
      offerId: 'o'.repeat(201),
      detail: 'no\0',
    });

    expect(row).toMatchObject({ eventId: null, offerId: null, detail: 'no\ufffd' });
    expect(row.breaches).toEqual([{ field: 'a\ufffd\ufffdb', reason: 'is required' }]);
  });

  it('bears a time, even where the clock told nonsense', () => {
    const record = { ...anEvent({}), receipt: { ...receipt, receivedAt: Number.NaN } };

    expect(rejectedRow(record, waiting).receivedAt).toEqual(new Date(0));
  });
});
