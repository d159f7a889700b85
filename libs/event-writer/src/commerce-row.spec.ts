import type { CommerceAdded, CommerceEvent } from '#libs/contracts';
import { describe, expect, it } from '@jest/globals';
import { aCollected, anEnvelope } from '../../../test/support/commerce-event.js';
import { COMMERCE_EVENTS } from './commerce-events.sql.js';
import { commerceRow } from './commerce-row.js';

const receipt = { requestId: 'r', receivedAt: 1, ipAddress: null, userAgent: null };
const added: CommerceAdded = { wire: 'envelope', transport: 'http', once: 'once-1' };
const rowOf = (event: CommerceEvent) => commerceRow(event, receipt, added);

describe('the row of a commerce event', () => {
  it.each([anEnvelope(), aCollected()])('fills every column of the table', (event) => {
    expect(Object.keys(rowOf(event)).toSorted()).toEqual(COMMERCE_EVENTS.columns.toSorted());
  });

  it.each([
    [995, 995],
    ['995', 995],
    ['-0', 0],
    [9.5, null],
    ['1e3', null],
    ['0x1F4', null],
    [true, null],
    [[5], null],
    ['9007199254740993', null],
  ])('counts %j cents as %p', (cents, minor) => {
    expect(rowOf(anEnvelope({ data: { amount_cents: cents } })).amountMinor).toBe(minor);
  });

  it.each(['order.refunded', 'order_refunded'])('is about the order of a %s', (type) => {
    expect(rowOf(anEnvelope({ id: 'ord_1', type, data: {} })).orderId).toBe('ord_1');
  });

  it('has a key that fits its column, and another for another event, whatever its ids hold', () => {
    const ids = (last: string) => ({
      organization_id: '"'.repeat(200),
      id: '\n'.repeat(199) + last,
    });
    const long = (last: string) => anEnvelope({ ...ids(last), type: '"'.repeat(200) });
    const collected = aCollected({ event_id: '\u0001'.repeat(200) });

    const keys = [long('a'), long('b'), long('a'), collected].map(
      (event) => rowOf(event).idempotencyKey,
    );

    expect(new Set(keys).size).toBe(3);
    expect(Math.max(...keys.map(({ length }) => length))).toBeLessThanOrEqual(1000);
  });

  it('is compared with a retry by nothing that a release derives', () => {
    const derived = ['eventType', 'amountMinor', 'currency', 'malformedParts'];

    expect(COMMERCE_EVENTS.sent.filter((column) => derived.includes(column))).toEqual([]);
  });
});
