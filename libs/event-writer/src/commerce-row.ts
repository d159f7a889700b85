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

interface Priced {
  readonly amount: string | null;
  readonly amountMinor: number | null;
  readonly currency: string | null;
}

/**
 * A row of either spelling: what was sent as it was sent, and beside it what it comes to. Each
 * field by its name: a spread of twenty took as long as all the rest.
 */
export const commerceRow = (
  event: CommerceEvent,
  receipt: Receipt,
  added: CommerceAdded,
): NewCommerceEvent =>
  isEnvelope(event) ? ofEnvelope(event, receipt, added) : ofCollector(event, receipt, added);

const dataOf = (event: CommerceEvent): Json =>
  (isEnvelope(event) ? event.data : event.properties) ?? {};

/** The id is that of what the event is about, so the time belongs to the key, as it is spelt. */
function ofEnvelope(
  event: CommerceEventDto,
  receipt: Receipt,
  { wire, transport }: CommerceAdded,
): NewCommerceEvent {
  const { id = '', type, timestamp, organization_id: organization = '' } = event;
  const data = dataOf(event);
  const eventType = commerceTypeOf(type);
  const { amount, amountMinor, currency } = priced(undefined, data);
  const ga4 = partOf(event.ga4, GA4EcommerceEvent);
  const facebookCapi = partOf(event.facebook_capi, FacebookCAPIEvent);
  return {
    idempotencyKey: keyText(['envelope', organization, type, id, timestamp]),
    eventTime: timeText(timestamp),
    wire,
    transport,
    eventName: type,
    eventType,
    eventId: id || null,
    organizationId: organization || null,
    userId: event.user_id || null,
    sessionId: event.session_id || textOf(data['session_id']),
    orderId: textOf(data['order_id']) ?? (eventType.startsWith('order.') ? id || null : null),
    amount,
    amountMinor,
    currency,
    quantity: null,
    timestampText: timestamp,
    url: null,
    referrer: null,
    productId: null,
    cartId: null,
    data: jsonOf(event.data),
    ga4: ga4.text,
    facebookCapi: facebookCapi.text,
    malformedParts: malformedOf(ga4, facebookCapi),
    receivedAt: new Date(receipt.receivedAt),
    ipAddress: receipt.ipAddress,
    userAgent: receipt.userAgent,
  };
}

function ofCollector(
  event: CollectorEventDto,
  receipt: Receipt,
  { wire, transport, once }: CommerceAdded,
): NewCommerceEvent {
  const data = dataOf(event);
  const { amount, amountMinor, currency } = priced(event.revenue, data);
  return {
    idempotencyKey: keyText(collectorKey(event) ?? ['once', once]),
    eventTime: timeText(event.timestamp ?? receipt.receivedAt),
    wire,
    transport,
    eventName: event.event,
    eventType: commerceTypeOf(event.event),
    eventId: event.event_id || null,
    organizationId: event.organization_id || null,
    userId: event.distinct_id || null,
    sessionId: event.session_id || textOf(data['session_id']),
    orderId: event.order_id || textOf(data['order_id']),
    amount,
    amountMinor,
    currency,
    quantity: decimalOf(event.quantity),
    timestampText: event.timestamp ?? null,
    url: event.url || null,
    referrer: event.referrer || null,
    productId: event.product_id || null,
    cartId: event.cart_id || null,
    data: jsonOf(event.properties),
    ga4: null,
    facebookCapi: null,
    malformedParts: NONE_MALFORMED,
    receivedAt: new Date(receipt.receivedAt),
    ipAddress: receipt.ipAddress,
    userAgent: receipt.userAgent,
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

/** A part for advertisers as it is kept, and whether it is what its class says. */
function partOf(part: unknown, of: typeof GA4EcommerceEvent | typeof FacebookCAPIEvent): Part {
  if (part === undefined) return NO_PART;
  const text = JSON.stringify(part);
  if (isWellFormed(part, of, text)) return { text, isMalformed: false };
  // What PostgreSQL cannot hold as JSON is kept as the text of that JSON, escapes and all.
  return { text: isStorable(part) ? text : JSON.stringify(text), isMalformed: true };
}

interface Part {
  readonly text: string | null;
  readonly isMalformed: boolean;
}

const NO_PART: Part = { text: null, isMalformed: false };

const malformedOf = (ga4: Part, facebookCapi: Part): string => {
  if (!ga4.isMalformed && !facebookCapi.isMalformed) return NONE_MALFORMED;
  return JSON.stringify([
    ...(ga4.isMalformed ? ['ga4'] : []),
    ...(facebookCapi.isMalformed ? ['facebook_capi'] : []),
  ]);
};

const NONE_MALFORMED = '[]';

/** The fields that say an amount in major units, the most telling first; only one says minor ones. */
const AMOUNTS = ['refunded_amount', 'revenue', 'amount', 'commission', 'value'] as const;

const UNPRICED: Priced = { amount: null, amountMinor: null, currency: null };

function priced(revenue: unknown, data: Json): Priced {
  const told = isTold(revenue) ? revenue : firstTold(data);
  const cents = data['amount_cents'];
  if (told === undefined && !isTold(cents)) return UNPRICED;
  const currency = currencyOf(data['currency']);
  const amountMinor = told === undefined ? wholeOf(cents, currency) : minorUnits(told, currency);
  return { amount: decimalOf(told ?? cents), amountMinor, currency: currency.slice(0, 64) };
}

function firstTold(data: Json): unknown {
  for (const name of AMOUNTS) {
    if (isTold(data[name])) return data[name];
  }
  return undefined;
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
