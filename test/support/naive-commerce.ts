import { type CommerceAdded, type CommerceEvent, isEnvelope } from '#libs/contracts';
import type { AcceptedEvent } from '#libs/event-log';

type Json = Readonly<Record<string, unknown>>;

/** A stored commerce event with all that decides where it counts. */
export interface Fact {
  readonly key: string;
  readonly type: string;
  readonly organization: string;
  readonly order: string;
  readonly user: string;
  readonly session: string;
  /** The id of an envelope: that of what it is about. */
  readonly subject: string;
  readonly data: Json;
  /** Microseconds since 1970: milliseconds where it counts at its receipt. */
  readonly at: number;
  /** Null where it names none, or none that can be read. */
  readonly minor: number | null;
  readonly currency: string;
}

const DAY_US = 86_400_000_000;
const EXPONENTS: Readonly<Record<string, number>> = { USD: 2, EUR: 2, JPY: 0, KWD: 3 };
const AMOUNTS = ['refunded_amount', 'revenue', 'amount', 'commission', 'value'] as const;

/** Digit by digit, half away from zero; null for what is no plain decimal. */
function minorOf(amount: unknown, currency: string): number | null {
  const exponent = EXPONENTS[currency];
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(amount));
  if (exponent === undefined || !match) return null;
  const [, sign, whole, fraction = ''] = match;
  const digits = fraction.padEnd(exponent + 1, '0');
  const kept = Number(whole! + digits.slice(0, exponent));
  const minor = kept + (Number(digits[exponent]) >= 5 ? 1 : 0);
  return sign === '-' ? 0 - minor : minor;
}

const microsOf = (time: string): number => {
  const [, seconds, fraction = ''] = /^(.*?)(?:\.(\d+))?Z$/.exec(time)!;
  return Date.parse(`${seconds}Z`) * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6));
};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const dotted = (name: string): string =>
  name.replace(/^(order|checkout|payment|cart|product|referral|contributor)_/, '$1.');

/** Each event once, by the keys that the contract names. */
export function storedFacts(records: readonly AcceptedEvent[]): Fact[] {
  const facts = new Map<string, Fact>();
  for (const record of records) {
    const fact = factOf(record);
    if (!facts.has(fact.key)) facts.set(fact.key, fact);
  }
  return [...facts.values()];
}

function factOf({ event: sent, receipt, added }: AcceptedEvent): Fact {
  const event = sent as CommerceEvent;
  const receivedUs = receipt.receivedAt * 1000;
  const said = isEnvelope(event)
    ? {
        name: event.type,
        organization: event.organization_id ?? '',
        user: event.user_id ?? '',
        session: event.session_id,
        subject: event.id ?? '',
        data: event.data ?? {},
        us: microsOf(event.timestamp),
      }
    : {
        name: event.event,
        organization: event.organization_id ?? '',
        user: event.distinct_id ?? '',
        session: event.session_id,
        subject: '',
        data: event.properties ?? {},
        us: event.timestamp === undefined ? receivedUs : microsOf(event.timestamp),
      };
  const type = dotted(said.name);
  const { data } = said;
  const order = isEnvelope(event)
    ? textOf(data['order_id']) || (type.startsWith('order.') ? said.subject : '')
    : event.order_id || textOf(data['order_id']);
  const told = [isEnvelope(event) ? undefined : event.revenue, ...AMOUNTS.map((name) => data[name])]
    .filter((value) => value !== undefined && value !== null && value !== '')
    .at(0);
  const currency = (textOf(data['currency']) || 'USD').toUpperCase();
  return {
    key: keyOf(event, type, added as CommerceAdded),
    type,
    organization: said.organization,
    order,
    user: said.user,
    session: said.session || textOf(data['session_id']),
    subject: said.subject,
    data,
    at: said.us - receivedUs > DAY_US ? receivedUs : said.us,
    minor: told === undefined ? null : minorOf(told, currency),
    currency: told === undefined ? '' : currency,
  };
}

function keyOf(event: CommerceEvent, type: string, added: CommerceAdded): string {
  const key = (...parts: unknown[]): string => JSON.stringify(parts);
  const organization = event.organization_id ?? '';
  if (isEnvelope(event)) {
    return key('envelope', organization, event.type, event.id ?? '', event.timestamp);
  }
  if (event.event_id) return key('event', event.event_id);
  if (type === 'order.completed' && event.order_id) {
    return key('order', organization, event.order_id);
  }
  const payout = textOf(event.properties?.['payout_id']);
  if (type === 'contributor.payout_sent' && payout) return key('payout', organization, payout);
  return key('once', added.once);
}

const by = (
  facts: readonly Fact[],
  keyOfFact: (fact: Fact) => readonly unknown[],
): Map<string, Fact[]> => {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) {
    const key = JSON.stringify(keyOfFact(fact));
    groups.set(key, [...(groups.get(key) ?? []), fact]);
  }
  return groups;
};

export interface Order {
  readonly organizationId: string;
  readonly orderId: string;
  readonly sessionId: string | null;
  readonly createdAt: number | null;
  readonly completedAt: number | null;
  readonly canceledAt: number | null;
  readonly amountMinor: number | null;
  readonly currency: string | null;
  readonly refundedMinor: number;
  readonly creations: number;
  readonly completions: number;
  readonly cancellations: number;
  readonly refunds: number;
  readonly leftOutRefunds: number;
}

const ORDER_EVENTS = ['order.created', 'order.completed', 'order.canceled', 'order.refunded'];

const reducing = (refund: Fact, sale: Pick<Order, 'amountMinor' | 'currency'>): boolean =>
  refund.minor !== null && sale.amountMinor !== null && refund.currency === sale.currency;

/**
 * Orders as they should be. `tie` says which of two events at one moment comes first: nothing but
 * the database's own key could know.
 */
export function naiveOrders(facts: readonly Fact[], tie: (a: Fact, b: Fact) => number): Order[] {
  const ofOrders = facts.filter(({ type, order }) => ORDER_EVENTS.includes(type) && order !== '');
  return [...by(ofOrders, ({ organization, order }) => [organization, order]).values()].map(
    (unordered) => {
      const own = unordered.toSorted((a, b) => a.at - b.at || tie(a, b));
      const all = (type: string) => own.filter((fact) => fact.type === `order.${type}`);
      const completion = all('completed')[0];
      const sale = {
        amountMinor: completion?.minor ?? null,
        currency: completion?.currency || null,
      };
      const reductions = all('refunded').filter((refund) => reducing(refund, sale));
      return {
        organizationId: own[0]!.organization,
        orderId: own[0]!.order,
        sessionId: own.find(({ session }) => session !== '')?.session ?? null,
        createdAt: all('created')[0]?.at ?? null,
        completedAt: completion?.at ?? null,
        canceledAt:
          all('canceled').find(({ at }) => !completion || at >= completion.at)?.at ?? null,
        ...sale,
        refundedMinor: reductions.reduce((sum, { minor }) => sum + minor!, 0),
        creations: all('created').length,
        completions: all('completed').length,
        cancellations: all('canceled').length,
        refunds: all('refunded').length,
        leftOutRefunds: all('refunded').length - reductions.length,
      };
    },
  );
}

/** An entry of the ledger of referrals or of payouts: the event that is believed. */
export interface Entry {
  readonly kind: string;
  readonly fact: Fact;
}

const idOf = (fact: Fact, name: string): string => textOf(fact.data[name]).trim();

/** What tells two entries of a kind apart; null: each event is an entry. */
const LEDGER: Readonly<Record<string, [kind: string, of: (fact: Fact) => unknown[] | null]>> = {
  'referral.link_created': [
    'link',
    (fact) => idOr([], idOf(fact, 'referral_code') || fact.subject),
  ],
  'referral.claimed': [
    'claim',
    (fact) => idOr([idOf(fact, 'referral_code')], idOf(fact, 'referee_id') || fact.user),
  ],
  'referral.credit_granted': ['credit', (fact) => idOr([], fact.subject)],
  'referral.commission_earned': ['commission', (fact) => idOr([fact.user], fact.order)],
  'referral.tier_upgraded': [
    'tier',
    (fact) => [
      fact.user,
      ...['previous_tier', 'new_tier', 'referral_count'].map((name) => fact.data[name]),
    ],
  ],
  'referral.payout_sent': ['payout', (fact) => idOr([], idOf(fact, 'payout_id') || fact.subject)],
  'contributor.payout_calculated': [
    'calculated',
    (fact) => [fact.user, idOf(fact, 'period_month')],
  ],
  'contributor.payout_sent': ['sent', (fact) => idOr([], idOf(fact, 'payout_id') || fact.subject)],
};

const idOr = (context: unknown[], id: string): unknown[] | null => (id ? [...context, id] : null);

/** Every entry once, as its first event says it; a calculation as its last one does. */
export function naiveLedger(facts: readonly Fact[], tie: (a: Fact, b: Fact) => number): Entry[] {
  const told = facts.filter(({ type }) => LEDGER[type] !== undefined);
  const groups = by(told, (fact) => {
    const [kind, tellApart] = LEDGER[fact.type]!;
    return [fact.organization, kind, tellApart(fact) ?? fact.key];
  });
  return [...groups.values()].map((group) => {
    const [kind] = LEDGER[group[0]!.type]!;
    const sign = kind === 'calculated' ? -1 : 1;
    return { kind, fact: group.toSorted((a, b) => sign * (a.at - b.at) || tie(a, b))[0]! };
  });
}

const dayOf = (us: number): string => new Date(Math.floor(us / 1000)).toISOString().slice(0, 10);

type Row = Record<string, number | string | null>;

const MONEY_OUT: Readonly<Record<string, [number: string, sum: string]>> = {
  credit: ['credits', 'creditedMinor'],
  commission: ['commissions', 'commissionMinor'],
  payout: ['referralPayouts', 'referralPayoutMinor'],
  sent: ['payouts', 'payoutMinor'],
};
const COUNTED: Readonly<Record<string, string>> = {
  link: 'links',
  claim: 'claims',
  tier: 'tierUpgrades',
};

/** Rows of `commerce_daily`, with the figures that are not 0. */
export function naiveDays(
  facts: readonly Fact[],
  orders: readonly Order[],
  ledger: readonly Entry[],
): Row[] {
  const rows = new Map<string, Row>();
  const add = (
    at: number,
    organizationId: string,
    { eventType = null, currency = null }: { eventType?: string | null; currency?: string | null },
    figures: Record<string, number>,
  ): void => {
    const dimensions = { day: dayOf(at), organizationId, eventType, currency };
    const key = JSON.stringify(dimensions);
    const row = rows.get(key) ?? { ...dimensions };
    for (const [name, value] of Object.entries(figures)) {
      row[name] = Number(row[name] ?? 0) + value;
    }
    rows.set(key, row);
  };
  for (const { at, organization, type, order } of facts) {
    add(at, organization, { eventType: type }, { events: 1 });
    if (order === '' && ORDER_EVENTS.slice(1).includes(type)) {
      add(at, organization, {}, { eventsWithoutOrder: 1 });
    }
  }
  for (const sale of orders) {
    const { organizationId, completedAt, canceledAt, amountMinor, currency } = sale;
    if (completedAt !== null && amountMinor === null) {
      add(completedAt, organizationId, {}, { leftOutOrders: 1 });
    }
    if (completedAt !== null && sale.sessionId === null) {
      add(completedAt, organizationId, {}, { ordersWithoutSession: 1 });
    }
    if (completedAt !== null && amountMinor !== null) {
      add(completedAt, organizationId, { currency }, { orders: 1, grossMinor: amountMinor });
    }
    if (canceledAt !== null && amountMinor !== null) {
      const canceledMinor = Math.max(0, amountMinor - sale.refundedMinor);
      add(canceledAt, organizationId, { currency }, { cancellations: 1, canceledMinor });
    }
    const refunds = facts.filter(
      ({ type, organization, order }) =>
        type === 'order.refunded' && organization === organizationId && order === sale.orderId,
    );
    for (const refund of refunds) {
      if (reducing(refund, sale)) {
        add(refund.at, organizationId, { currency }, { refunds: 1, refundedMinor: refund.minor! });
      } else {
        add(refund.at, organizationId, {}, { leftOutRefunds: 1 });
      }
    }
  }
  for (const { kind, fact } of ledger) {
    const { at, organization, currency, minor } = fact;
    const counted = COUNTED[kind];
    if (counted) add(at, organization, {}, { [counted]: 1 });
    const out = MONEY_OUT[kind];
    if (out && minor === null) add(at, organization, {}, { leftOutPayments: 1 });
    if (out && minor !== null)
      add(at, organization, { currency }, { [out[0]]: 1, [out[1]]: minor });
  }
  return [...rows.values()];
}

const NAMING = ['orders', 'refunds', 'payments', 'eventsWithoutOrder'] as const;

/** What the dashboards have to say of some days, of all organizations together. */
export function naiveAnswers(
  facts: readonly Fact[],
  orders: readonly Order[],
  ledger: readonly Entry[],
  [from, to]: readonly [string, string],
): object {
  const isAsked = (day: string): boolean => day >= from && day <= to;
  const rows = naiveDays(facts, orders, ledger).filter(({ day }) => isAsked(String(day)));
  const sum = (name: string, of: readonly Row[]): number =>
    of.reduce((all, row) => all + Number(row[name] ?? 0), 0);
  const named = rows.flatMap(({ currency }) => (currency === null ? [] : [String(currency)]));
  const currencies = [...new Set(named)];
  const revenue = currencies.toSorted().flatMap((currency) => {
    const own = rows.filter(
      (row) =>
        row['currency'] === currency &&
        sum('orders', [row]) + sum('refunds', [row]) + sum('cancellations', [row]) > 0,
    );
    const [gross, refunded] = [sum('grossMinor', own), sum('refundedMinor', own)];
    return own.length === 0
      ? []
      : [
          {
            currency,
            netMinor: gross - refunded - sum('canceledMinor', own),
            averageOrderMinor: rounded(gross, sum('orders', own)),
            refundRate: gross === 0 ? 0 : rounded(refunded * 10_000, gross) / 100,
          },
        ];
  });
  const types = rows.filter(({ eventType }) => eventType !== null);
  const links = ledger.filter(({ kind, fact }) => kind === 'link' && isAsked(dayOf(fact.at)));
  const codeOf = (fact: Fact): string =>
    `${fact.organization} ${idOf(fact, 'referral_code') || (fact.type.endsWith('created') ? fact.subject : '')}`;
  const claimed = new Set(
    ledger
      .filter(({ kind, fact }) => kind === 'claim' && idOf(fact, 'referral_code') !== '')
      .map(({ fact }) => codeOf(fact)),
  );
  return {
    revenue,
    leftOut: Object.fromEntries(
      NAMING.map((name) => [
        name,
        sum(
          name === 'eventsWithoutOrder' ? name : `leftOut${name[0]!.toUpperCase()}${name.slice(1)}`,
          rows,
        ),
      ]),
    ),
    events: Object.fromEntries(
      [...new Set(types.map(({ eventType }) => String(eventType)))].map((eventType) => [
        eventType,
        sum(
          'events',
          types.filter((row) => row['eventType'] === eventType),
        ),
      ]),
    ),
    links: [links.length, links.filter(({ fact }) => claimed.has(codeOf(fact))).length],
    orders: orders
      .filter((sale) => isAsked(dayOf(firstOf(sale, facts))))
      .map((sale) => `${sale.orderId} ${netOf(sale)}`)
      .toSorted(),
    payouts: naivePayouts(ledger, isAsked),
  };
}

/** Each pair of what was calculated and sent, in words. */
function naivePayouts(ledger: readonly Entry[], isAsked: (day: string) => boolean): string[] {
  const pairs = new Map<string, Entry[]>();
  for (const entry of ledger.filter(({ kind }) => kind === 'calculated' || kind === 'sent')) {
    const { organization, user, data, currency } = entry.fact;
    const key = JSON.stringify([organization, user, data['period_month'], currency]);
    pairs.set(key, [...(pairs.get(key) ?? []), entry]);
  }
  return [...pairs.values()]
    .filter((pair) => pair.some(({ fact }) => isAsked(dayOf(fact.at))))
    .map((pair) => {
      const amountOf = (wanted: string): number | null => {
        const amounts = pair
          .filter(({ kind }) => kind === wanted)
          .flatMap(({ fact: { minor } }) => (minor === null ? [] : [minor]));
        return amounts.length === 0 ? null : amounts.reduce((a, b) => a + b, 0);
      };
      const [calculated, sent] = [amountOf('calculated'), amountOf('sent')];
      const has = (wanted: string): boolean => pair.some(({ kind }) => kind === wanted);
      const isReadable = pair.every(({ fact }) => fact.minor !== null);
      const both = isReadable && calculated === sent ? 'matched' : 'differs';
      const one = has('sent') ? 'not_calculated' : 'not_sent';
      const { organization, user } = pair[0]!.fact;
      const state = has('calculated') && has('sent') ? both : one;
      return `${organization} ${user} ${state} ${calculated} ${sent}`;
    })
    .toSorted();
}

/** Half away from zero; 0 where there is no divisor. */
const rounded = (dividend: number, divisor: number): number => {
  if (divisor === 0) return 0;
  const quotient = dividend / divisor;
  return Math.sign(quotient) * Math.floor(Math.abs(quotient) + 0.5) + 0;
};

const firstOf = (sale: Order, facts: readonly Fact[]): number =>
  Math.min(
    ...facts
      .filter(
        ({ type, organization, order }) =>
          ORDER_EVENTS.includes(type) &&
          organization === sale.organizationId &&
          order === sale.orderId,
      )
      .map(({ at }) => at),
  );

const netOf = ({ amountMinor, refundedMinor, canceledAt }: Order): number => {
  const left = amountMinor === null ? 0 : amountMinor - refundedMinor;
  return canceledAt === null ? left : Math.min(left, 0);
};
