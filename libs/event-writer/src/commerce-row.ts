import { createHash } from 'node:crypto';
import {
  type CollectorEventDto,
  type CommerceAdded,
  type CommerceEvent,
  type CommerceEventDto,
  commerceTypeOf,
  currencyExponent,
  currencyOf,
  FacebookCAPIEvent,
  GA4EcommerceEvent,
  isEnvelope,
  isStorable,
  isWellFormed,
  minorUnits,
} from '#libs/contracts';
import type { NewCommerceEvent } from '#libs/database';
import type { Receipt } from '#libs/platform';
import { timeText } from './time-text.js';

type Json = Readonly<Record<string, unknown>>;

/** What both spellings say of an event. */
type Said = Omit<
  NewCommerceEvent,
  'wire' | 'transport' | 'eventType' | 'receivedAt' | 'ipAddress' | 'userAgent' | keyof Priced
>;

interface Priced {
  readonly amount: string | null;
  readonly amountMinor: number | null;
  readonly currency: string | null;
}

/** A row of either spelling: what was sent as it was sent, and beside it what it comes to. */
export function commerceRow(
  event: CommerceEvent,
  receipt: Receipt,
  added: CommerceAdded,
): NewCommerceEvent {
  const said = isEnvelope(event) ? ofEnvelope(event) : ofCollector(event, receipt, added);
  return {
    ...said,
    ...priced(isEnvelope(event) ? undefined : event.revenue, dataOf(event)),
    wire: added.wire,
    transport: added.transport,
    eventType: commerceTypeOf(said.eventName),
    receivedAt: new Date(receipt.receivedAt),
    ipAddress: receipt.ipAddress,
    userAgent: receipt.userAgent,
  };
}

const dataOf = (event: CommerceEvent): Json =>
  (isEnvelope(event) ? event.data : event.properties) ?? {};

/** The id is that of what the event is about, so the time belongs to the key, as it is spelt. */
function ofEnvelope(event: CommerceEventDto): Said {
  const { id = '', type, timestamp, organization_id: organization = '' } = event;
  const data = dataOf(event);
  return {
    idempotencyKey: keyText(['envelope', organization, type, id, timestamp]),
    eventTime: timeText(timestamp),
    timestampText: timestamp,
    eventName: type,
    eventId: id || null,
    organizationId: organization || null,
    userId: event.user_id || null,
    sessionId: event.session_id || textOf(data['session_id']),
    orderId:
      textOf(data['order_id']) ?? (commerceTypeOf(type).startsWith('order.') ? id || null : null),
    quantity: null,
    url: null,
    referrer: null,
    productId: null,
    cartId: null,
    data: jsonOf(event.data),
    ...partsOf(event),
  };
}

function ofCollector(event: CollectorEventDto, receipt: Receipt, added: CommerceAdded): Said {
  const data = dataOf(event);
  return {
    idempotencyKey: keyText(collectorKey(event) ?? ['once', added.once]),
    eventTime: timeText(event.timestamp ?? receipt.receivedAt),
    timestampText: event.timestamp ?? null,
    eventName: event.event,
    eventId: event.event_id || null,
    organizationId: event.organization_id || null,
    userId: event.distinct_id || null,
    sessionId: event.session_id || textOf(data['session_id']),
    orderId: event.order_id || textOf(data['order_id']),
    quantity: decimalOf(event.quantity),
    url: event.url || null,
    referrer: event.referrer || null,
    productId: event.product_id || null,
    cartId: event.cart_id || null,
    data: jsonOf(event.properties),
    ga4: null,
    facebookCapi: null,
    malformedParts: '[]',
  };
}

const LONGEST_KEY = 1000;

/** Readable; by its digest where what JSON escapes makes it longer than its column. */
function keyText(parts: readonly (string | null)[]): string {
  const text = JSON.stringify(parts);
  if (text.length <= LONGEST_KEY) return text;
  const digest = createHash('sha256').update(text).digest('hex');
  return JSON.stringify([parts[0], 'sha256', digest, text.length]); // as many as no other key has
}

/** What tells a retry: the event's id, else the natural id of an order or a payout. */
export function collectorKey(event: CollectorEventDto): readonly string[] | null {
  const { event_id: id, organization_id: organization = '', order_id: order } = event;
  if (id) return ['event', id];
  const name = commerceTypeOf(event.event);
  if (name === 'order.completed' && order) return ['order', organization, order];
  const payout = textOf(dataOf(event)['payout_id']);
  if (name === 'contributor.payout_sent' && payout) return ['payout', organization, payout];
  return null;
}

const PARTS = { ga4: GA4EcommerceEvent, facebook_capi: FacebookCAPIEvent } as const;

function partsOf(event: CommerceEventDto): Pick<Said, 'ga4' | 'facebookCapi' | 'malformedParts'> {
  const names = Object.keys(PARTS) as (keyof typeof PARTS)[];
  const malformed = names.filter(
    (name) => event[name] !== undefined && !isWellFormed(event[name], PARTS[name]),
  );
  return {
    ga4: partText(event.ga4),
    facebookCapi: partText(event.facebook_capi),
    malformedParts: JSON.stringify(malformed),
  };
}

/** What PostgreSQL cannot hold as JSON is kept as the text of that JSON, escapes and all. */
function partText(part: unknown): string | null {
  const text = jsonOf(part);
  return text === null || isStorable(part) ? text : JSON.stringify(text);
}

/** The fields that say an amount in major units, the most telling first; only one says minor ones. */
const AMOUNTS = ['refunded_amount', 'revenue', 'amount', 'commission', 'value'] as const;

function priced(revenue: unknown, data: Json): Priced {
  const told = [revenue, ...AMOUNTS.map((name) => data[name])].find(isTold);
  const cents = data['amount_cents'];
  if (told === undefined && !isTold(cents))
    return { amount: null, amountMinor: null, currency: null };
  const currency = currencyOf(data['currency']);
  const amountMinor = told === undefined ? wholeOf(cents, currency) : minorUnits(told, currency);
  return { amount: decimalOf(told ?? cents), amountMinor, currency: currency.slice(0, 64) };
}

const isTold = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** Whole minor units, as a number or in digits: `true` and `[5]` are none, although they convert. */
function wholeOf(cents: unknown, currency: string): number | null {
  const text = decimalOf(cents) ?? '';
  const whole = /^[+-]?\d+$/.test(text) ? Number(text) + 0 : NaN;
  return currencyExponent(currency) !== null && Number.isSafeInteger(whole) ? whole : null;
}

/** As it came, where it is a number or a text. */
const decimalOf = (value: unknown): string | null => {
  const text = typeof value === 'number' || typeof value === 'string' ? `${value}`.trim() : '';
  return text === '' ? null : text.slice(0, 64);
};

const textOf = (value: unknown): string | null => {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' || text.length > 200 ? null : text;
};

const jsonOf = (value: unknown): string | null =>
  value === undefined ? null : JSON.stringify(value);
