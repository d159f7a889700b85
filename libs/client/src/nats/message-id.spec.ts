import { describe, expect, it } from '@jest/globals';
import { messageIdOf } from './message-id.js';

const event = {
  organization_id: 'acme',
  type: 'order.refunded',
  id: 'ord_1',
  timestamp: '2026-01-15T12:00:00.000001Z',
};

describe('the id of a message', () => {
  it('is the key of its event', () => {
    const id = messageIdOf(event);

    expect(id).toBe('["envelope","acme","order.refunded","ord_1","2026-01-15T12:00:00.000001Z"]');
  });

  it.each([
    ['organization', { organization_id: 'acme2' }],
    ['type', { type: 'order.created' }],
    ['id', { id: 'ord_2' }],
    ['time', { timestamp: '2026-01-15T12:00:00.000002Z' }],
  ])('is another one for another %s', (_, other) => {
    expect(messageIdOf({ ...event, ...other })).not.toBe(messageIdOf(event));
  });

  it('keeps apart what only joins to the same text', () => {
    const left = messageIdOf({ ...event, organization_id: 'a","b', type: 'c' });
    const right = messageIdOf({ ...event, organization_id: 'a', type: 'b","c' });

    expect(left).not.toBe(right);
  });

  it('does not look at what the event says', () => {
    expect(messageIdOf({ ...event, data: { order_id: 'ord_1' } })).toBe(messageIdOf(event));
  });

  it.each([
    ['long', 'x'.repeat(100_000)],
    ['of several lines', 'a\r\nNats-Msg-Id: b'],
    ['not ASCII', 'заказ 1'],
    ['half a character', 'a\ud800'],
    ['NUL', '\0'],
    ['blank', '  '],
  ])('is a legal header of bounded length for an id that is %s', (_, id) => {
    const one = messageIdOf({ ...event, id });
    const other = messageIdOf({ ...event, id: `${id}1` });

    expect(one).toMatch(/^[ -~]{1,1000}$/);
    expect(one).toBe(one.trim());
    expect(one).not.toBe(other);
  });

  it('is the same whether what is empty is left out or sent', () => {
    const { type, timestamp } = event;

    expect(messageIdOf({ type, timestamp })).toBe(
      messageIdOf({ type, timestamp, id: '', organization_id: '' }),
    );
  });
});
