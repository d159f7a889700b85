import {
  CHECKOUT_EVENT_NAMES,
  type CheckoutEventDto,
  type CheckoutEventName,
} from '#libs/contracts';
import type { AcceptedEvent } from '#libs/event-log';

/** A checkout event with all that decides where it counts. */
export interface Fact {
  readonly event: CheckoutEventDto;
  readonly at: number;
  readonly receivedAt: number;
  readonly productId: string;
  readonly producerId: string;
  readonly isProduction: boolean;
}

export type Session = Record<string, unknown> & {
  readonly sessionId: string;
  readonly offerId: string;
  readonly firstSeenAt: number;
};

const DAY_MS = 86_400_000;
const NOT_REAL = new Set<string | undefined>(['sandbox', 'development']);

function factOf(record: AcceptedEvent): Fact {
  const event = record.event as CheckoutEventDto;
  const { receivedAt } = record.receipt;
  const local = event.fullHostname === 'localhost' || /^[\d.]+$/.test(event.fullHostname);
  return {
    event,
    at: event.timestamp - receivedAt > DAY_MS ? receivedAt : event.timestamp,
    receivedAt,
    productId: record.offer!.productId,
    producerId: record.offer!.producerId,
    isProduction:
      !NOT_REAL.has(event.executionEnvironment) && !NOT_REAL.has(event.checkoutMode) && !local,
  };
}

type Test = (event: CheckoutEventDto) => boolean;
const named =
  (...names: string[]): Test =>
  ({ eventName }) =>
    names.some((name) => eventName === (`checkout_${name}` as CheckoutEventName));
const viewed =
  (step: string): Test =>
  (event) =>
    event.eventName === 'checkout_step_viewed' && event.step === step;
const advanced =
  (step: string): Test =>
  (event) =>
    event.eventName === 'checkout_step_advanced' && event.step === step;
const some =
  (...tests: Test[]): Test =>
  (event) =>
    tests.some((test) => test(event));

const MILESTONES: Record<string, Test> = {
  pageViewedAt: named('page_view'),
  sessionStartedAt: named('session_started'),
  identificationStartedAt: some(named('identification_started'), viewed('identification')),
  identificationCompletedAt: some(
    named('identification_completed', 'identification_filled'),
    advanced('address'),
  ),
  identificationErrorAt: named('identification_error'),
  addressStartedAt: some(named('address_started'), viewed('address')),
  addressCompletedAt: some(named('address_completed', 'address_filled'), advanced('payment')),
  addressErrorAt: named('address_error'),
  shippingSelectedAt: named('shipping_method_selected'),
  paymentStartedAt: some(
    named('payment_method_selected', 'payment_data_started'),
    viewed('payment'),
  ),
  paymentDataErrorAt: named('payment_data_error'),
  paymentErrorAt: named('payment_error'),
  submittedAt: named('submit_clicked'),
  paymentSucceededAt: named('payment_success'),
  conversionSucceededAt: named('conversion_success'),
  steppedBackAt: named('step_back'),
  couponAppliedAt: named('coupon_applied'),
  couponErrorAt: named('coupon_error'),
  orderBumpViewedAt: named('order_bump_viewed'),
  orderBumpAcceptedAt: named('order_bump_accepted'),
  orderBumpDeclinedAt: named('order_bump_declined'),
};

/** Every event once, however often it was sent. */
export function naiveFacts(records: readonly AcceptedEvent[]): Fact[] {
  const seen = new Set<string>();
  return records.map(factOf).filter(({ event: { eventId, timestamp } }) => {
    const isNew = !seen.has(`${eventId} ${timestamp}`);
    seen.add(`${eventId} ${timestamp}`);
    return isNew;
  });
}

/** Sessions as they should be: every event looked at, in the order of time. */
export function naiveSessions(records: readonly AcceptedEvent[]): Session[] {
  const bySession = new Map<string, Fact[]>();
  for (const fact of naiveFacts(records)) {
    const { sessionId, offerId } = fact.event;
    const key = `${sessionId} ${offerId}`;
    bySession.set(key, [...(bySession.get(key) ?? []), fact]);
  }
  return [...bySession.keys()].toSorted().map((key) => sessionOf(bySession.get(key)!));
}

function sessionOf(facts: readonly Fact[]): Session {
  const times = facts.map(({ at }) => at);
  const firstSeenAt = Math.min(...times);
  const atFirst = facts.filter(({ at }) => at === firstSeenAt);
  const least = (values: readonly string[]) => values.toSorted()[0];
  const type = edge(facts, ({ event }) => event.checkoutType, 'first');
  const mode = edge(facts, ({ event }) => event.checkoutMode, 'first');
  const methodOf = (test: Test) =>
    edge(
      facts.filter(({ event }) => test(event)),
      ({ event }) => event.paymentMethod,
      'last',
    );
  const submitted = methodOf(named('submit_clicked'));
  const settled = methodOf(named('payment_success', 'payment_error'));
  const selected = methodOf(named('payment_method_selected'));
  const { sessionId, offerId } = facts[0]!.event;
  return {
    sessionId,
    offerId,
    firstSeenAt,
    lastSeenAt: Math.max(...times),
    lastReceivedAt: Math.max(...facts.map(({ receivedAt }) => receivedAt)),
    productId: least(atFirst.map(({ productId }) => productId)),
    producerId: least(atFirst.map(({ producerId }) => producerId)),
    executionEnvironment: least(atFirst.map(({ event }) => event.executionEnvironment)),
    fullHostname: least(atFirst.map(({ event }) => event.fullHostname)),
    checkoutType: type.value,
    checkoutTypeAt: type.at,
    checkoutMode: mode.value,
    checkoutModeAt: mode.at,
    isProduction: facts.some(({ isProduction }) => isProduction),
    hasContact: facts.some(({ event }) => Boolean(event.email) || Boolean(event.phone)),
    hasContactAhead: facts.some(
      ({ event, at }) => (event.email || event.phone) && at !== event.timestamp,
    ),
    submittedMethod: submitted.value,
    submittedMethodAt: submitted.at,
    settledMethod: settled.value,
    settledMethodAt: settled.at,
    selectedMethod: selected.value,
    selectedMethodAt: selected.at,
    ...Object.fromEntries(
      Object.entries(MILESTONES).map(([name, test]) => {
        const own = facts.filter(({ event }) => test(event)).map(({ at }) => at);
        return [name, own.length === 0 ? null : Math.min(...own)];
      }),
    ),
    eventNames: CHECKOUT_EVENT_NAMES.reduce(
      (bits, name, place) =>
        facts.some(({ event }) => event.eventName === name) ? bits + 2n ** BigInt(place) : bits,
      0n,
    ).toString(),
    errors: errorsOf(facts),
  };
}

/** The names that a session has events of. */
export const namesOf = (session: Session): CheckoutEventName[] =>
  CHECKOUT_EVENT_NAMES.filter(
    (_, place) => (BigInt(session['eventNames'] as string) / 2n ** BigInt(place)) % 2n === 1n,
  );

/** A row of `checkout_events_daily`, without its hash: of each offer, and of all together. */
export function naiveEventRows(facts: readonly Fact[], sessions: readonly Session[]): object[] {
  const events = facts.map(({ event, at, receivedAt, productId, producerId, isProduction }) => ({
    dimensions: {
      day: new Date(at).toISOString().slice(0, 10),
      offerId: event.offerId,
      productId,
      producerId,
      isProduction,
      eventName: event.eventName,
    },
    figures: { events: 1, sessions: 0, newestReceivedAt: receivedAt },
  }));
  const ofSessions = sessions.flatMap((session) => {
    const { day, offerId, productId, producerId, isProduction } = dimensionsOf(session);
    return namesOf(session).map((eventName) => ({
      dimensions: { day, offerId, productId, producerId, isProduction, eventName },
      figures: { events: 0, sessions: 1, newestReceivedAt: session['lastReceivedAt'] as number },
    }));
  });
  const each = [...events, ...ofSessions];
  const together = { offerId: '', productId: null, producerId: null };
  return summed([
    ...each,
    ...each.map(({ dimensions, figures }) => ({
      dimensions: { ...dimensions, ...together },
      figures,
    })),
  ]);
}

const ERRORS = [
  'identification_error',
  'address_error',
  'payment_data_error',
  'payment_error',
  'coupon_error',
];

/** The first hundred, as the projection spells them. */
function errorsOf(facts: readonly Fact[]): string[] | null {
  const errors = facts
    .filter(({ event }) => named(...ERRORS)(event))
    .map(({ event: { timestamp, eventName, step, eventId } }) =>
      [String(timestamp).padStart(13, '0'), eventName, step ?? '-', eventId].join(' '),
    )
    .toSorted();
  return errors.length === 0 ? null : errors.slice(0, 100);
}

/** The first or last value that was said; of several at once the least or the greatest. */
function edge(
  facts: readonly Fact[],
  valueOf: (fact: Fact) => string | undefined,
  which: 'first' | 'last',
): { readonly value: string | null; readonly at: number | null } {
  const said = facts
    .flatMap((fact) => {
      const value = valueOf(fact);
      return value === undefined ? [] : [{ at: fact.at, value }];
    })
    .toSorted((a, b) => a.at - b.at || (a.value < b.value ? -1 : 1));
  return (which === 'first' ? said[0] : said.at(-1)) ?? { value: null, at: null };
}

const FUNNEL = [
  'identificationStarted',
  'identificationCompleted',
  'addressStarted',
  'addressCompleted',
  'paymentStarted',
  'submitted',
  'conversions',
] as const;

/** What a session is told apart by. */
export interface Dimensions {
  readonly day: string;
  readonly offerId: string;
  readonly productId: string;
  readonly producerId: string;
  readonly checkoutType: string | null;
  readonly checkoutMode: string | null;
  readonly paymentMethod: string | null;
  readonly fullHostname: string;
  readonly isProduction: boolean;
}

export const dimensionsOf = (session: Session): Dimensions => ({
  day: new Date(session.firstSeenAt).toISOString().slice(0, 10),
  offerId: session.offerId,
  productId: session['productId'] as string,
  producerId: session['producerId'] as string,
  checkoutType: session['checkoutType'] as string | null,
  checkoutMode: session['checkoutMode'] as string | null,
  paymentMethod: (session['submittedMethod'] ??
    session['settledMethod'] ??
    session['selectedMethod']) as string | null,
  fullHostname: session['fullHostname'] as string,
  isProduction: session['isProduction'] as boolean,
});

/** A row of `checkout_funnel_daily`, day by day and without its hash. */
export const naiveFunnel = (sessions: readonly Session[]): object[] =>
  summed(
    sessions.map((session) => ({ dimensions: dimensionsOf(session), figures: figuresOf(session) })),
  );

/** A row of `checkout_funnel_hourly`, without its hash. */
export const naiveFunnelByHour = (sessions: readonly Session[]): object[] =>
  summed(
    sessions.map((session) => {
      const { day, checkoutType, checkoutMode, paymentMethod, isProduction } =
        dimensionsOf(session);
      const hour = new Date(session.firstSeenAt).getUTCHours();
      const dimensions = { day, hour, checkoutType, checkoutMode, paymentMethod, isProduction };
      return { dimensions, figures: figuresOf(session) };
    }),
  );

/** A row of `checkout_totals_daily`, without its hash: of each offer, and of all together. */
export const naiveTotals = (sessions: readonly Session[]): object[] =>
  summed(
    sessions.flatMap((session) => {
      const { fullHostname: _host, ...all } = dimensionsOf(session);
      const figures = figuresOf(session);
      const ofOffer = { ...all, checkoutType: null, checkoutMode: null, paymentMethod: null };
      const ofAll = { ...all, offerId: '', productId: null, producerId: null };
      return [ofOffer, ofAll].map((dimensions) => ({ dimensions, figures }));
    }),
  );

export interface NaiveError {
  readonly session: Session;
  /** Null stands for all errors of the session together. */
  readonly error: string | null;
  readonly step: string | null;
  readonly events: number;
  readonly recovered: boolean;
}

/** What went wrong in each session: one entry a name and step, and one of all. */
export const naiveErrors = (sessions: readonly Session[]): NaiveError[] =>
  sessions.flatMap((session) => {
    const errors = (session['errors'] as string[] | null) ?? [];
    const convertedAt = convertedAtOf(session);
    const entries = errors.map((each) => {
      const [, error, step] = each.split(' ');
      return { error: error!, step: step === '-' ? null : step! };
    });
    const entry = (error: string | null, step: string | null, events: number): NaiveError => {
      const names = error === null ? ERRORS : [error.replace('checkout_', '')];
      const times = names.map((name) => session[`${camelled(name)}At`] as number | null);
      const first = Math.min(...times.map((time) => time ?? Infinity));
      return {
        session,
        error,
        step,
        events,
        recovered: convertedAt !== null && convertedAt >= first,
      };
    };
    const kinds = [...new Set(entries.map((each) => JSON.stringify(each)))];
    return entries.length === 0
      ? []
      : [
          entry(null, null, entries.length),
          ...kinds.map((kind) => {
            const { error, step } = JSON.parse(kind) as (typeof entries)[number];
            const same = entries.filter((each) => JSON.stringify(each) === kind);
            return entry(error, step, same.length);
          }),
        ];
  });

/** A row of `checkout_errors_daily`, without its hash. */
export const naiveErrorRows = (sessions: readonly Session[]): object[] =>
  summed(
    naiveErrors(sessions).map(({ session, error, step, events, recovered }) => ({
      dimensions: { ...dimensionsOf(session), error, step },
      figures: {
        events,
        sessions: 1,
        newestReceivedAt: session['lastReceivedAt'] as number,
        recovered: recovered ? 1 : 0,
      },
    })),
  );

export const convertedAtOf = (session: Session): number | null =>
  (session['conversionSucceededAt'] ?? session['paymentSucceededAt'] ?? null) as number | null;

const camelled = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** One row for all that are alike, with their figures together. */
function summed(
  all: readonly { readonly dimensions: object; readonly figures: Record<string, number> }[],
): object[] {
  const rows = new Map<string, { dimensions: object; figures: Record<string, number> }>();
  for (const { dimensions, figures } of all) {
    const key = JSON.stringify(dimensions);
    const row = rows.get(key) ?? { dimensions, figures: {} };
    for (const [name, value] of Object.entries(figures)) {
      const before = row.figures[name] ?? 0;
      row.figures[name] = name === 'newestReceivedAt' ? Math.max(before, value) : before + value;
    }
    rows.set(key, row);
  }
  return [...rows.values()].map(({ dimensions, figures }) => ({ ...dimensions, ...figures }));
}

export function figuresOf(session: Session): Record<string, number> {
  const time = (name: string) => session[`${name}At`] as number | null;
  const convertedAt = convertedAtOf(session);
  const one = (is: boolean) => (is ? 1 : 0);
  const has = (name: string) => one(time(name) !== null);
  const steps = FUNNEL.map((step) => (step === 'conversions' ? convertedAt : time(step)));
  const inOrder = steps.map((_, index) =>
    one(
      steps.slice(0, index + 1).every((at, i) => at !== null && (i === 0 || steps[i - 1]! <= at)),
    ),
  );
  return {
    sessions: 1,
    newestReceivedAt: session['lastReceivedAt'] as number,
    pageViewed: has('pageViewed'),
    sessionStarted: has('sessionStarted'),
    identificationStarted: has('identificationStarted'),
    identificationCompleted: has('identificationCompleted'),
    identificationErrors: has('identificationError'),
    addressStarted: has('addressStarted'),
    addressCompleted: has('addressCompleted'),
    addressErrors: has('addressError'),
    shippingSelected: has('shippingSelected'),
    paymentStarted: has('paymentStarted'),
    paymentDataErrors: has('paymentDataError'),
    paymentErrors: one(time('paymentDataError') !== null || time('paymentError') !== null),
    submitted: has('submitted'),
    conversions: one(convertedAt !== null),
    conversionMs: convertedAt === null ? 0 : convertedAt - session.firstSeenAt,
    abandoned: one(session['hasContact'] === true && convertedAt === null),
    steppedBack: has('steppedBack'),
    couponApplied: has('couponApplied'),
    couponErrors: has('couponError'),
    orderBumpViewed: has('orderBumpViewed'),
    orderBumpAccepted: has('orderBumpAccepted'),
    orderBumpDeclined: has('orderBumpDeclined'),
    ...Object.fromEntries(FUNNEL.map((step, index) => [`${step}InOrder`, inOrder[index]!])),
  };
}
