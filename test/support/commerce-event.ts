import type { CollectorEventDto, CommerceEventDto } from '#libs/contracts';

let sequence = 0;

/** Valid events; a test overrides only what it is about. */
export const anEnvelope = (overrides: Partial<CommerceEventDto> = {}): CommerceEventDto => {
  const id = `ord_${++sequence}`;
  return {
    id,
    type: 'order.completed',
    timestamp: '2023-11-14T22:13:20.468529245Z',
    organization_id: 'acme',
    user_id: 'usr_42',
    data: { order_id: id, revenue: 59.97, currency: 'USD' },
    ...overrides,
  };
};

export const aCollected = (overrides: Partial<CollectorEventDto> = {}): CollectorEventDto => ({
  event: 'order_completed',
  distinct_id: 'usr_42',
  organization_id: 'acme',
  order_id: `ord_${++sequence}`,
  revenue: 59.97,
  quantity: 3,
  properties: { currency: 'USD', items: '[]', item_count: 0, status: 'completed', email: '' },
  ...overrides,
});
