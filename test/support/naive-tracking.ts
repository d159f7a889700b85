import type { AcceptedEvent } from '#libs/event-log';

/** A tracking event with the moment at which it counts. */
interface Fact {
  readonly eventType: string;
  readonly sessionId: string;
  readonly trackId: string;
  readonly path: string;
  readonly flow?: string;
  readonly step?: string;
  readonly cockpitSessinoId?: string;
  readonly productSlug?: string;
  readonly at: number;
}

type Cockpit = 'creation' | 'purchase';

const DAY_MS = 86_400_000;
const FLOWS = ['FILE', 'EVENT', 'PROJECT'];
const STAGES: Record<Cockpit, readonly (readonly [string, string])[]> = {
  creation: [
    ['launch', 'COCKPIT_CREATE_LAUNCH'],
    ['step', 'COCKPIT_CREATE_STEP'],
    ['success', 'COCKPIT_CREATE_SUCCESS'],
    ['enrichment', 'COCKPIT_CREATE_ENRICH_INFORMATION'],
    ['download', 'COCKPIT_CREATE_DOWNLOAD'],
  ],
  purchase: [
    ['launch', 'COCKPIT_BUY_LAUNCH'],
    ['step', 'COCKPIT_BUY_STEP'],
    ['payment', 'COCKPIT_BUY_PAYMENT'],
    ['purchase', 'COCKPIT_BUY_PURCHASE'],
    ['download', 'COCKPIT_BUY_DOWNLOAD'],
  ],
};
const GOAL: Record<Cockpit, string> = { creation: 'success', purchase: 'purchase' };

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Every event once, at the moment at which it counts. */
export function factsOf(records: readonly AcceptedEvent[]): Fact[] {
  const seen = new Set<string>();
  return records.flatMap(({ event, receipt }) => {
    const sent = event as Fact & { eventId: string; timestamp: number };
    const key = `${sent.eventId} ${sent.timestamp}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const isAhead = sent.timestamp - receipt.receivedAt > DAY_MS;
    return [{ ...sent, at: isAhead ? receipt.receivedAt : sent.timestamp }];
  });
}

interface Session {
  readonly flow: string;
  readonly day: string;
  readonly product: string | null;
  /** When it came to each stage first, by its place. */
  readonly stages: readonly (number | null)[];
}

function sessionsOf(cockpit: Cockpit, facts: readonly Fact[]): Session[] {
  const prefix = cockpit === 'creation' ? 'COCKPIT_CREATE' : 'COCKPIT_BUY';
  const groups = new Map<string, Fact[]>();
  for (const fact of facts.filter(({ eventType }) => eventType.startsWith(prefix))) {
    const key = JSON.stringify(
      cockpit === 'creation'
        ? [fact.cockpitSessinoId, fact.flow]
        : [fact.sessionId, fact.flow, fact.productSlug],
    );
    groups.set(key, [...(groups.get(key) ?? []), fact]);
  }
  return [...groups.values()].map((own) => {
    const naming = own
      .filter(({ productSlug }) => productSlug !== undefined)
      .toSorted((a, b) => a.at - b.at || (a.productSlug! < b.productSlug! ? -1 : 1));
    return {
      flow: own[0]!.flow!,
      day: dayOf(Math.min(...own.map(({ at }) => at))),
      product: naming[0]?.productSlug ?? null,
      stages: STAGES[cockpit].map(([, type]) => {
        const times = own.filter(({ eventType }) => eventType === type).map(({ at }) => at);
        return times.length === 0 ? null : Math.min(...times);
      }),
    };
  });
}

const rate = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 100;

function figuresOf(cockpit: Cockpit, sessions: readonly Session[]) {
  const came = (place: number) => sessions.filter(({ stages }) => stages[place] !== null).length;
  const inOrder = (place: number) =>
    sessions.filter(({ stages }) =>
      stages
        .slice(0, place + 1)
        .every((at, index) => at !== null && (index === 0 || stages[index - 1]! <= at)),
    ).length;
  const goal = STAGES[cockpit].findIndex(([stage]) => stage === GOAL[cockpit]);
  return {
    sessions: sessions.length,
    conversions: came(goal),
    conversionRate: rate(came(goal), sessions.length),
    stages: STAGES[cockpit].map(([stage], place) => {
      const before = place === 0 ? inOrder(0) : inOrder(place - 1);
      return {
        stage,
        sessions: came(place),
        sessionsInOrder: inOrder(place),
        dropOff: before - inOrder(place),
        dropOffRate: rate(before - inOrder(place), before),
        conversionRate: rate(inOrder(place), inOrder(0)),
      };
    }),
  };
}

export interface NaiveQuestion {
  readonly from: string;
  readonly to: string;
  readonly flow?: string;
  readonly productSlug?: string;
  readonly pathPrefix?: string;
  readonly limit: number;
}

const within =
  ({ from, to }: NaiveQuestion) =>
  (day: string): boolean =>
    day >= from && day <= to;

function daysOf({ from, to }: NaiveQuestion): string[] {
  const days = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += DAY_MS) days.push(dayOf(at));
  return days;
}

/** What the creation or the purchase flow must answer. */
export function naiveFlow(cockpit: Cockpit, facts: readonly Fact[], question: NaiveQuestion) {
  const { flow, productSlug, limit } = question;
  const sessions = sessionsOf(cockpit, facts).filter(
    (session) =>
      within(question)(session.day) &&
      (flow === undefined || session.flow === flow) &&
      (productSlug === undefined || session.product === productSlug),
  );
  const slugs = [...new Set(sessions.flatMap(({ product }) => product ?? []))];
  const products = slugs
    .map((slug) => ({
      productSlug: slug,
      ...figuresOf(
        cockpit,
        sessions.filter(({ product }) => product === slug),
      ),
    }))
    .toSorted((a, b) => b.sessions - a.sessions || (a.productSlug < b.productSlug ? -1 : 1));
  return {
    total: figuresOf(cockpit, sessions),
    flows: FLOWS.filter((each) => flow === undefined || each === flow).map((each) => ({
      flow: each,
      ...figuresOf(
        cockpit,
        sessions.filter((session) => session.flow === each),
      ),
    })),
    days: daysOf(question).map((day) => {
      const own = figuresOf(
        cockpit,
        sessions.filter((session) => session.day === day),
      );
      return { day, sessions: own.sessions, conversions: own.conversions };
    }),
    products: products.slice(0, limit),
    productsInAll: products.length,
    sessionsWithoutProduct: sessions.filter(({ product }) => product === null).length,
  };
}

/** What the steps must answer. */
export function naiveSteps(facts: readonly Fact[], question: NaiveQuestion) {
  const events = facts.filter(
    ({ eventType, at, flow }) =>
      (eventType === 'COCKPIT_CREATE_STEP' || eventType === 'COCKPIT_BUY_STEP') &&
      within(question)(dayOf(at)) &&
      (question.flow === undefined || flow === question.flow),
  );
  const counts = new Map<string, number>();
  for (const { eventType, flow, step } of events) {
    const cockpit = eventType === 'COCKPIT_CREATE_STEP' ? 'creation' : 'purchase';
    const key = JSON.stringify({ cockpit, flow, step });
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return {
    views: events.length,
    steps: [...counts].map(([key, views]) => ({ ...(JSON.parse(key) as object), views })),
  };
}

const figuresOfViews = (views: readonly Fact[]) => ({
  views: views.length,
  visitors: new Set(views.map(({ trackId }) => trackId)).size,
  sessions: new Set(views.map(({ sessionId }) => sessionId)).size,
});

/** What the page views must answer. */
export function naivePageViews(facts: readonly Fact[], question: NaiveQuestion) {
  const { pathPrefix = '', limit } = question;
  const views = facts.filter(
    ({ eventType, at }) => eventType === 'PAGEVIEW' && within(question)(dayOf(at)),
  );
  const matching = views.filter(({ path }) => path.startsWith(pathPrefix));
  const paths = [...new Set(matching.map(({ path }) => path))]
    .map((path) => ({ path, ...figuresOfViews(matching.filter((view) => view.path === path)) }))
    .toSorted((a, b) => b.views - a.views || (a.path < b.path ? -1 : 1));
  return {
    total: figuresOfViews(views),
    days: daysOf(question).map((day) => ({
      day,
      ...figuresOfViews(views.filter(({ at }) => dayOf(at) === day)),
    })),
    matching: { paths: paths.length, views: matching.length },
    paths: paths.slice(0, limit),
  };
}
