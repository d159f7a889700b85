import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import { PAGE_VIEWS_DAILY, TRACKING_DAILY, COCKPIT_DAILY } from '#libs/aggregation';
import { type FlowType, FLOW_TYPES, TRACKING_EVENT_TYPES } from '#libs/contracts';
import {
  CockpitFlows,
  CockpitStepViews,
  PageViewDashboard,
  TrackingDashboardsModule,
} from '#libs/dashboards';
import { Database } from '#libs/database';
import type { AcceptedEvent } from '#libs/event-log';
import { Test, type TestingModule } from '@nestjs/testing';
import * as fc from 'fast-check';
import { startAggregation, type TestAggregation } from '../support/aggregation.js';
import { aReceipt } from '../support/event-writer-records.js';
import {
  openDatabase,
  startWriter,
  surroundings,
  type TestDatabase,
  type TestWriter,
} from '../support/event-writer.js';
import { factsOf, naiveFlow, naivePageViews, naiveSteps } from '../support/naive-tracking.js';
import { createDatabase } from '../support/postgres.mjs';

jest.setTimeout(240_000);

const DAY_MS = 86_400_000;
const MONDAY = Date.parse('2026-01-05T00:00:00Z');
const NOW = new Date('2026-01-20T12:00:00Z');

/** Few values of each, so that events meet: in a session, at a moment, at midnight. */
const moments = fc.oneof(
  fc.integer({ min: 0, max: 20 }).map((step) => MONDAY + DAY_MS - 10 + step),
  fc.integer({ min: 0, max: 6 * DAY_MS }).map((ms) => MONDAY + ms),
  fc.constantFrom(0, 4_102_444_800_000),
);

const sendings = fc.record({
  eventType: fc.oneof(
    fc.constantFrom(...TRACKING_EVENT_TYPES),
    fc.constantFrom('PAGEVIEW' as const, 'COCKPIT_CREATE_LAUNCH' as const),
  ),
  sessionId: fc.constantFrom('s1', 's2', 's3', 's4'),
  trackId: fc.constantFrom('s1', 's2', 'u1'),
  path: fc.constantFrom('/', '/a', '/a/b', '/b'),
  flow: fc.constantFrom(...FLOW_TYPES),
  step: fc.constantFrom('one', 'two', 'Two'),
  cockpitSessinoId: fc.constantFrom('c1', 'c2'),
  productSlug: fc.option(fc.constantFrom('tea', 'cup'), { nil: undefined }),
  timestamp: moments,
  receivedAt: fc.integer({ min: 0, max: 8 * DAY_MS }).map((ms) => MONDAY + ms),
  /** Sent once more, later. */
  again: fc.integer({ min: 0, max: 9 }).map((roll) => roll === 0),
});

const happenings = fc.constantFrom(
  'nothing',
  'project',
  'crash',
  'roll up',
  'fold all again',
  'recount',
);

const questions = fc.record({
  first: fc.integer({ min: 0, max: 6 }),
  days: fc.integer({ min: 1, max: 5 }),
  flow: fc.option(fc.constantFrom(...FLOW_TYPES), { nil: undefined }),
  productSlug: fc.option(fc.constantFrom('tea', 'cup'), { nil: undefined }),
  pathPrefix: fc.option(fc.constantFrom('/', '/a', '/x'), { nil: undefined }),
  limit: fc.integer({ min: 1, max: 5 }),
});

const stories = fc.record({
  sendings: fc.array(sendings, { minLength: 1, maxLength: 70 }),
  batches: fc.array(fc.record({ size: fc.integer({ min: 1, max: 15 }), then: happenings }), {
    minLength: 1,
    maxLength: 12,
  }),
  questions: fc.array(questions, { minLength: 1, maxLength: 4 }),
});

type Sending = typeof sendings extends fc.Arbitrary<infer Value> ? Value : never;
type Happening = typeof happenings extends fc.Arbitrary<infer Value> ? Value : never;
type Question = typeof questions extends fc.Arbitrary<infer Value> ? Value : never;

/** An event of the contract: with the fields that its type has. */
function recordOf(sending: Sending, index: number): AcceptedEvent {
  const { receivedAt, again: _, flow, step, cockpitSessinoId, productSlug, ...visit } = sending;
  const { eventType } = visit;
  const isBought = eventType.startsWith('COCKPIT_BUY');
  const isMade = eventType === 'COCKPIT_CREATE_SUCCESS' || eventType === 'COCKPIT_CREATE_DOWNLOAD';
  const slug = productSlug ?? (isBought || isMade ? 'tea' : undefined);
  const cockpit = {
    flow,
    step,
    ...(!isBought && { cockpitSessinoId }),
    ...(slug !== undefined && { productSlug: slug }),
  };
  const event = {
    eventId: `e${index}`,
    url: 'https://shop.example.com/',
    ...visit,
    ...(eventType !== 'PAGEVIEW' && cockpit),
  };
  const receipt = aReceipt({ receivedAt });
  return { kind: 'event', contract: 'tracking', event, receipt, offer: null };
}

function recordsOf(all: readonly Sending[]): AcceptedEvent[] {
  const records = all.map(recordOf);
  return [...records, ...records.filter((_, index) => all[index]!.again)];
}

const dayAfterMonday = (days: number): string =>
  new Date(MONDAY + days * DAY_MS).toISOString().slice(0, 10);

const askedOf = ({ first, days, ...filters }: Question) => ({
  from: dayAfterMonday(first),
  to: dayAfterMonday(first + days - 1),
  ...filters,
});

describe('random tracking events in random batches', () => {
  let scratch: Awaited<ReturnType<typeof createDatabase>>;
  let database: TestDatabase;
  let writing: TestWriter;
  let aggregation: TestAggregation;
  let dashboards: TestingModule;

  beforeAll(async () => {
    scratch = await createDatabase();
    database = await openDatabase(scratch.url);
    aggregation = await startAggregation(database);
    const own = surroundings([{ provide: Database, useValue: database }]);
    dashboards = await Test.createTestingModule({
      imports: [own, TrackingDashboardsModule],
    }).compile();
  });
  beforeEach(async () => {
    writing = await startWriter(database);
  });
  afterEach(() => writing.stop());
  afterAll(async () => {
    await database.close();
    await scratch.drop();
  });

  const empty = async () => {
    await database.query(`TRUNCATE tracking_events, rejected_events, writer_batches, projector_cursors,
      touched_days, cockpit_sessions, cockpit_daily, page_visits, page_views_daily, tracking_daily`);
    // Cursors that are there before the first event: it is no repeat.
    await aggregation.project();
  };
  const write = async (records: readonly AcceptedEvent[]) => {
    await writing.log.append(records);
    await writing.log.drained();
  };
  const recount = async (days: readonly number[]) => {
    let difference = 0;
    for (const day of days) {
      for (const rollup of [COCKPIT_DAILY, PAGE_VIEWS_DAILY, TRACKING_DAILY]) {
        difference += await aggregation.recount(dayAfterMonday(day), rollup);
      }
    }
    return difference;
  };

  const happen: Record<Happening, () => Promise<unknown>> = {
    nothing: () => Promise.resolve(),
    project: () => aggregation.project(),
    crash: () => aggregation.crash(),
    'roll up': async () => {
      await aggregation.project();
      await aggregation.rollUp();
    },
    'fold all again': () => database.query("UPDATE projector_cursors SET xid = '0', id = 0"),
    recount: () => recount([1]),
  };

  /** Every dashboard, beside what a person would count. */
  const compared = async (records: readonly AcceptedEvent[], question: Question) => {
    const facts = factsOf(records);
    const asked = askedOf(question);
    const [flows, steps, pages] = [
      dashboards.get(CockpitFlows, { strict: false }),
      dashboards.get(CockpitStepViews, { strict: false }),
      dashboards.get(PageViewDashboard, { strict: false }),
    ];
    for (const cockpit of ['creation', 'purchase'] as const) {
      expect(await flows.answer(cockpit, asked, NOW)).toMatchObject(
        naiveFlow(cockpit, facts, asked),
      );
    }
    const stepQuestion = { ...asked, flow: asked.flow as FlowType, limit: 500 };
    const answered = await steps.answer(stepQuestion, NOW);
    const expected = naiveSteps(facts, asked);
    expect(answered).toMatchObject({ views: expected.views, otherViews: 0 });
    expect(answered.steps).toHaveLength(expected.steps.length);
    expect(answered.steps).toEqual(expect.arrayContaining(expected.steps));
    expect(await pages.answer(asked, NOW)).toMatchObject(naivePageViews(facts, asked));
  };

  let added = 0;
  /** Those aside that are recounted at leisure: to their figures all is added already. */
  const areDaysToBeCounted = async () =>
    (await database.query('SELECT FROM touched_days WHERE NOT is_counted LIMIT 1')).length > 0;

  it('are answered as a person would count them, whatever happens between', async () => {
    await fc.assert(
      fc.asyncProperty(stories, async ({ sendings: all, batches, questions: asked }) => {
        await empty();
        const records = recordsOf(all);
        let rest = records;
        for (const { size, then } of batches) {
          await write(rest.slice(0, size));
          rest = rest.slice(size);
          await happen[then]();
        }
        await write(rest);
        await aggregation.project();
        if (!(await areDaysToBeCounted())) {
          added += 1;
          for (const question of asked) await compared(records, question);
        }
        await aggregation.rollUp();

        for (const question of asked) await compared(records, question);
        expect(await recount([0, 1, 2])).toBe(0);
      }),
      { numRuns: 40 },
    );
    expect(added).toBeGreaterThan(10);
  });
});
