import { CHECKOUT_EVENT_NAMES, type CheckoutEventDto } from '#libs/contracts';
import type { AcceptedEvent } from '#libs/event-log';
import {
  convertedAtOf,
  type Dimensions,
  dimensionsOf,
  type Fact,
  figuresOf,
  naiveErrors,
  namesOf,
  type Session,
} from './naive-checkout.js';

/** What is asked, as it stands in the query string. */
export interface NaiveQuestion {
  readonly from: string;
  readonly to: string;
  readonly offerId?: string;
  readonly productId?: string;
  readonly producerId?: string;
  readonly checkoutType?: string;
  readonly checkoutMode?: string;
  readonly paymentMethod?: string;
  readonly fullHostname?: string;
  readonly traffic?: 'production' | 'all';
}

/** An order that was completed. */
export interface NaiveOrder {
  readonly sessionId: string | null;
  readonly completedAt: number;
}

const FILTERS = [
  'offerId',
  'productId',
  'producerId',
  'checkoutType',
  'checkoutMode',
  'paymentMethod',
  'fullHostname',
] as const;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const rate = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 100;
const spelt = (ms: number): string => new Date(ms).toISOString();

/** The sessions that a question is about, without and with those that are left out. */
function asked(
  sessions: readonly Session[],
  question: NaiveQuestion,
  inTime?: (at: number) => boolean,
) {
  const isIn =
    inTime ??
    ((at: number) =>
      spelt(at).slice(0, 10) >= question.from && spelt(at).slice(0, 10) <= question.to);
  const fitting = sessions.filter(
    (session) =>
      isIn(session.firstSeenAt) &&
      FILTERS.every((name) => [undefined, dimensionsOf(session)[name]].includes(question[name])),
  );
  const counted = fitting.filter(
    (session) => question.traffic === 'all' || session['isProduction'] === true,
  );
  return { fitting, counted };
}

/** What each answer says beside its figures. */
function about(fitting: readonly Session[], counted: readonly Session[]) {
  const received = fitting.map((session) => session['lastReceivedAt'] as number);
  return {
    newestReceivedAt: received.length === 0 ? null : spelt(Math.max(...received)),
    leftOut: { nonProductionSessions: fitting.length - counted.length, otherHostSessions: 0 },
  };
}

export function naiveSummary(
  sessions: readonly Session[],
  question: NaiveQuestion,
  facts: readonly Fact[],
) {
  const { fitting, counted } = asked(sessions, question);
  const isAsked = (name: 'offerId' | 'productId' | 'producerId', value: string) =>
    question[name] === undefined || question[name] === value;
  const events = facts.filter(
    ({ event, at, productId, producerId }) =>
      spelt(at).slice(0, 10) >= question.from &&
      spelt(at).slice(0, 10) <= question.to &&
      isAsked('offerId', event.offerId) &&
      isAsked('productId', productId) &&
      isAsked('producerId', producerId),
  );
  const real = events.filter(({ isProduction }) => question.traffic === 'all' || isProduction);
  const received = [
    ...fitting.map((session) => session['lastReceivedAt'] as number),
    ...events.map(({ receivedAt }) => receivedAt),
  ];
  const conversions = figure(counted, 'conversions');
  return {
    newestReceivedAt: received.length === 0 ? null : spelt(Math.max(...received)),
    sessions: counted.length,
    events: real.length,
    eventsByName: CHECKOUT_EVENT_NAMES.map((eventName) => ({
      eventName,
      count: real.filter(({ event }) => event.eventName === eventName).length,
      sessions: counted.filter((session) => namesOf(session).includes(eventName)).length,
    })),
    conversions,
    conversionRate: rate(conversions, counted.length),
    leftOut: {
      nonProductionEvents: events.length - real.length,
      nonProductionSessions: fitting.length - counted.length,
    },
  };
}

const STEPS = {
  session: 'sessions',
  identification_started: 'identificationStarted',
  identification_completed: 'identificationCompleted',
  address_started: 'addressStarted',
  address_completed: 'addressCompleted',
  payment_started: 'paymentStarted',
  submitted: 'submitted',
  conversion: 'conversions',
};

const figure = (sessions: readonly Session[], name: string): number =>
  total(sessions.map((session) => figuresOf(session)[name]!));

interface FunnelQuestion extends NaiveQuestion {
  readonly order?: 'any' | 'strict';
  readonly groupBy?: (typeof FILTERS)[number];
  readonly compare?: 'previous_period';
}

export function naiveFunnelAnswer(sessions: readonly Session[], question: FunnelQuestion) {
  const { from, to, order = 'any', groupBy, compare } = question;
  const length = Date.parse(to) - Date.parse(from) + DAY_MS;
  const back = (day: string) => spelt(Date.parse(day) - length).slice(0, 10);
  const previous = { ...question, from: back(from), to: back(to) };
  const { fitting, counted } = asked(sessions, question);
  const before = compare === undefined ? [] : asked(sessions, previous).counted;
  const of = (some: readonly Session[], name: string) =>
    figure(some, order === 'strict' && name !== 'sessions' ? `${name}InOrder` : name);
  const figures = (now: readonly Session[], earlier: readonly Session[]) => {
    const counts = Object.values(STEPS).map((name) => of(now, name));
    const earlierCounts = Object.values(STEPS).map((name) => of(earlier, name));
    const conversions = figure(now, 'conversions');
    return {
      sessions: now.length,
      conversions,
      conversionRate: rate(conversions, now.length),
      steps: Object.keys(STEPS).map((step, index) => ({
        step,
        sessions: counts[index],
        dropOff: index === 0 ? 0 : counts[index - 1]! - counts[index]!,
        percentOfFirst: rate(counts[index]!, counts[0]!),
        percentOfPrevious: rate(counts[index]!, counts[Math.max(0, index - 1)]!),
        previousPeriod:
          compare === undefined
            ? null
            : {
                sessions: earlierCounts[index],
                difference: counts[index]! - earlierCounts[index]!,
                changePercent:
                  earlierCounts[index] === 0
                    ? null
                    : rate(counts[index]! - earlierCounts[index]!, earlierCounts[index]!),
              },
      })),
    };
  };
  const values = [
    ...new Set([...counted, ...before].map((each) => groupBy && valueOf(each, groupBy))),
  ];
  return {
    ...about(fitting, counted),
    order,
    previousRange:
      compare === undefined
        ? null
        : { from: previous.from, to: previous.to, timeZone: 'UTC', isLastDayIncomplete: false },
    total: figures(counted, before),
    groupBy: groupBy ?? null,
    groups:
      groupBy === undefined
        ? []
        : values
            .map((value) => {
              const alike = (some: readonly Session[]) =>
                some.filter((session) => valueOf(session, groupBy) === value);
              return { value: value ?? null, ...figures(alike(counted), alike(before)) };
            })
            .toSorted(
              (a, b) => b.sessions - a.sessions || (String(a.value) < String(b.value) ? -1 : 1),
            ),
    otherGroups: null,
  };
}

const valueOf = (session: Session, name: keyof Dimensions): string | null =>
  dimensionsOf(session)[name] as string | null;

export function naiveSteps(sessions: readonly Session[], question: NaiveQuestion) {
  const { fitting, counted } = asked(sessions, question);
  const step = (name: string, names: readonly string[]) => {
    const [started, completed, withErrors] = names.map((each) => figure(counted, each));
    return {
      step: name,
      started,
      completed,
      withErrors,
      completionRate: rate(completed!, started!),
      errorRate: rate(withErrors!, counted.length),
    };
  };
  return {
    ...about(fitting, counted),
    sessions: counted.length,
    steps: [
      step('identification', [
        'identificationStarted',
        'identificationCompleted',
        'identificationErrors',
      ]),
      step('address', ['addressStarted', 'addressCompleted', 'addressErrors']),
      step('payment', ['paymentStarted', 'conversions', 'paymentErrors']),
    ],
  };
}

/** Of a zone that is so many hours behind UTC all year. */
export function naiveTimeline(
  sessions: readonly Session[],
  question: NaiveQuestion & { readonly by: 'day' | 'hour' },
  hoursBehind: number,
) {
  const start = Date.parse(question.from) + hoursBehind * HOUR_MS;
  const end = Date.parse(question.to) + DAY_MS + hoursBehind * HOUR_MS;
  const size = question.by === 'day' ? DAY_MS : HOUR_MS;
  const { fitting, counted } = asked(sessions, question, (at) => at >= start && at < end);
  const figures = (some: readonly Session[]) => {
    const conversions = figure(some, 'conversions');
    return {
      sessions: some.length,
      conversions,
      conversionRate: rate(conversions, some.length),
    };
  };
  return {
    ...about(fitting, counted),
    by: question.by,
    ...figures(counted),
    buckets: Array.from({ length: (end - start) / size }, (_, index) => {
      const from = start + index * size;
      return {
        start: spelt(from),
        day: spelt(from - hoursBehind * HOUR_MS).slice(0, 10),
        ...figures(
          counted.filter(({ firstSeenAt }) => firstSeenAt >= from && firstSeenAt < from + size),
        ),
        isIncomplete: false,
      };
    }),
  };
}

export function naivePaymentMethods(
  sessions: readonly Session[],
  question: NaiveQuestion,
  orders: readonly NaiveOrder[],
) {
  const { fitting, counted } = asked(sessions, question);
  const completed = orders.filter(({ completedAt }) => {
    const day = spelt(completedAt).slice(0, 10);
    return day >= question.from && day <= question.to;
  });
  const timeToPay = (session: Session): number | null => {
    const convertedAt = convertedAtOf(session);
    const own = orders
      .filter(({ sessionId }) => sessionId === session.sessionId)
      .map(({ completedAt }) => completedAt)
      .filter((at) => at >= session.firstSeenAt - HOUR_MS);
    if (convertedAt === null || own.length === 0) return null;
    return Math.max(0, Math.min(...own) - convertedAt);
  };
  return {
    ...about(fitting, counted),
    methods: ['credit_card', 'pix', 'boleto', null].map((paymentMethod) => {
      const own = counted.filter((each) => dimensionsOf(each).paymentMethod === paymentMethod);
      const times = own
        .map(timeToPay)
        .filter((ms) => ms !== null)
        .toSorted((a, b) => a - b);
      const generated = figure(own, 'conversions');
      return {
        paymentMethod,
        sessions: own.length,
        submitted: figure(own, 'submitted'),
        generated,
        withErrors: figure(own, 'paymentErrors'),
        paid: times.length,
        paidRate: rate(times.length, generated),
        medianTimeToPayMs: reachedBy(times, 0.5),
        p90TimeToPayMs: reachedBy(times, 0.9),
      };
    }),
    orders: {
      completed: completed.length,
      withoutSession: completed.filter(({ sessionId }) => sessionId === null).length,
    },
  };
}

/** The least that so large a part does not exceed. */
const reachedBy = (sorted: readonly number[], part: number): number | null =>
  sorted.find((_, index) => (index + 1) / sorted.length >= part - 1e-9) ?? null;

export function naiveErrorsAnswer(sessions: readonly Session[], question: NaiveQuestion) {
  const withErrors = sessions.filter((session) => session['errors'] !== null);
  const { fitting, counted } = asked(withErrors, question);
  const errors = naiveErrors(counted);
  const figures = (some: typeof errors) => {
    const recovered = some.filter((each) => each.recovered).length;
    return {
      events: total(some.map(({ events }) => events)),
      sessions: some.length,
      recovered,
      recoveryRate: rate(recovered, some.length),
    };
  };
  const whole = errors.filter(({ error }) => error === null);
  const single = errors.filter(({ error }) => error !== null);
  const kindOf = ({ session, error, step }: (typeof errors)[number]) =>
    JSON.stringify({ error, step, paymentMethod: dimensionsOf(session).paymentMethod });
  const days = (Date.parse(question.to) - Date.parse(question.from)) / DAY_MS + 1;
  return {
    ...about(fitting, counted),
    total: figures(whole),
    kinds: [...new Set(single.map(kindOf))].map((kind) => ({
      ...(JSON.parse(kind) as object),
      ...figures(single.filter((each) => kindOf(each) === kind)),
    })),
    days: Array.from({ length: days }, (_, index) => {
      const day = spelt(Date.parse(question.from) + index * DAY_MS).slice(0, 10);
      const own = whole.filter(({ session }) => dimensionsOf(session).day === day);
      return { day, ...figures(own) };
    }),
  };
}

export function naiveAbandoned(
  sessions: readonly Session[],
  question: NaiveQuestion,
  records: readonly AcceptedEvent[],
) {
  const { counted } = asked(sessions, question);
  return counted
    .filter((session) => figuresOf(session)['abandoned'] === 1)
    .toSorted(
      (a, b) =>
        b.firstSeenAt - a.firstSeenAt ||
        descending(a.sessionId, b.sessionId) ||
        descending(a.offerId, b.offerId),
    )
    .map((session) => {
      const { day: _day, isProduction: _is, ...dimensions } = dimensionsOf(session);
      return {
        sessionId: session.sessionId,
        ...dimensions,
        email: lastSaid(records, session, 'email'),
        phone: lastSaid(records, session, 'phone'),
        stepReached: Object.keys(STEPS)
          .filter((step) => figuresOf(session)[STEPS[step as keyof typeof STEPS]] === 1)
          .at(-1),
        firstSeenAt: spelt(session.firstSeenAt),
        lastSeenAt: spelt(session['lastSeenAt'] as number),
      };
    });
}

const descending = (a: string, b: string): number => (a === b ? 0 : a < b ? 1 : -1);

/** The last by time; of several at once the greatest. */
function lastSaid(
  records: readonly AcceptedEvent[],
  session: Session,
  name: 'email' | 'phone',
): string | null {
  const said = records
    .map((record) => ({ event: record.event as CheckoutEventDto, receipt: record.receipt }))
    .filter(
      ({ event }) =>
        event.sessionId === session.sessionId && event.offerId === session.offerId && event[name],
    )
    .map(({ event, receipt }) => ({
      at: event.timestamp - receipt.receivedAt > DAY_MS ? receipt.receivedAt : event.timestamp,
      value: event[name]!,
    }))
    .toSorted((a, b) => a.at - b.at || -descending(a.value, b.value));
  return said.at(-1)?.value ?? null;
}
