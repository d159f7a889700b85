/** A message of the commerce stream, written as its publisher writes it. */
export interface CommerceMessage {
  readonly id: string;
  readonly type: string;
  readonly timestamp: string;
  readonly organization_id: string;
  readonly [field: string]: unknown;
}

/** Valid; a test overrides only what it is about. */
export const aCommerceMessage = (overrides: Partial<CommerceMessage> = {}): CommerceMessage => ({
  id: 'ord_1',
  type: 'order.completed',
  timestamp: '2026-03-01T10:00:00.123456789Z',
  organization_id: 'tea-shop',
  user_id: 'usr_1',
  data: { order_id: 'ord_1', revenue: 12.5, currency: 'EUR', email: 'ada@example.com' },
  ...overrides,
});

/** Under the subject of its type. */
export const published = (message: CommerceMessage): readonly [string, string] => [
  `commerce.${message.type}`,
  JSON.stringify(message),
];

/** Of as many orders, each with an id that tells it from the others. */
export const manyMessages = (
  count: number,
  name = 'order',
): { readonly ids: readonly string[]; readonly messages: (readonly [string, string])[] } => {
  const ids = Array.from({ length: count }, (_, at) => `${name}-${at}`);
  return { ids, messages: ids.map((id) => published(aCommerceMessage({ id }))) };
};
