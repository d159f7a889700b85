import { describe, expect, it } from '@jest/globals';
import { orderCompleted, referralClaimed } from './collected.js';
import { type Order, toOrderItems } from './order.js';

const ORDER: Order = {
  id: 'ord_1',
  orgId: 'acme',
  userId: 'usr_1',
  email: ' Ada@Example.COM ',
  total: 59.97,
  currency: 'usd',
  status: 'completed',
  items: [
    { productId: 'p1', productName: 'Tea "Black"', sku: 'TEA-1', quantity: 2, price: 19.99 },
    { productId: 'p2', quantity: 1, price: 19.99 },
  ],
};

describe('facts in the words of the commerce wire', () => {
  it('has the items of an order as a text, with the names of the wire', () => {
    const { properties } = orderCompleted(ORDER);

    expect(JSON.parse(properties?.['items'] as string)).toEqual([
      { product_id: 'p1', product_name: 'Tea "Black"', sku: 'TEA-1', quantity: 2, price: 19.99 },
      { product_id: 'p2', product_name: '', sku: '', quantity: 1, price: 19.99 },
    ]);
  });

  it('counts pieces in the quantity and lines in the item count', () => {
    const { quantity, properties } = orderCompleted(ORDER);

    expect([quantity, properties?.['item_count']]).toEqual([3, 2]);
  });

  it('changes nothing of what it is told: spelling, currency and amount stay', () => {
    expect(orderCompleted(ORDER)).toMatchObject({
      revenue: 59.97,
      properties: { currency: 'usd', email: ' Ada@Example.COM ' },
    });
  });

  it('sends what is left out as empty, and a checkout session only where one is known', () => {
    const bare = orderCompleted({ id: 'ord_2', orgId: 'acme', total: 0, currency: 'EUR' });

    expect(bare).toEqual({
      event: 'order_completed',
      distinct_id: '',
      organization_id: 'acme',
      order_id: 'ord_2',
      revenue: 0,
      quantity: 0,
      properties: { currency: 'EUR', items: '[]', item_count: 0, status: '', email: '' },
    });
    expect(orderCompleted({ ...ORDER, sessionId: 'chk_1' }).session_id).toBe('chk_1');
  });

  it('tells a claim of whoever came', () => {
    const fact = { orgId: 'acme', referrerId: 'usr_1', refereeId: 'usr_2', referralCode: 'R' };

    expect(referralClaimed(fact).distinct_id).toBe('usr_2');
  });
});

describe('lines of an order in minor units', () => {
  const line = { productId: 'p', productName: 'P', sku: 'S', quantity: 1 };

  it.each([
    [1999, undefined, 19.99],
    [1999, 'USD', 19.99],
    [1999, 'JPY', 1999],
    [1999, 'kwd', 1.999],
    [1999, 'points', 19.99],
    [5_997_000_001, 'EUR', 59_970_000.01],
  ])('of %p in %p have the price %p', (priceCents, currency, price) => {
    expect(toOrderItems([{ ...line, priceCents }], currency)).toEqual([{ ...line, price }]);
  });
});
