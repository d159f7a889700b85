import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  CATALOG_TABLES,
  Database,
  openDatabase,
  PARTITIONED_TABLES,
  Partitions,
  runningEmbeddedUrl,
} from '#libs/database';
import { Journal } from '#libs/event-log';
import { OffersRepository } from '#libs/offers';
import { MISTAKES } from '../../apps/server/src/demo/checkout-mishaps.js';
import { DemoRefusedError } from '../../apps/server/src/demo/demo-errors.js';
import { loadDemo } from '../../apps/server/src/demo/load-demo.js';
import { aCheckoutEvent } from '../support/checkout-event.js';
import { makeDataDir } from '../support/data-dir.js';
import { TestFootfall } from '../support/footfall.js';
import { aPageView } from '../support/tracking-event.js';
import { createDatabase } from '../support/postgres.mjs';
import { FootfallProcess, type ProcessOptions } from '../support/process.js';
import { until } from '../support/until.js';

jest.setTimeout(180_000);

const DAY_MS = 86_400_000;
/** Any time of the day after the demo's last. */
const NOW = Date.parse('2026-03-05T17:00:00Z');

type Query = <Row>(sql: string, parameters?: unknown[]) => Promise<Row[]>;

const TABLES = [
  ...PARTITIONED_TABLES.map(({ table }) => table),
  ...Object.values(CATALOG_TABLES).map(({ name }) => name),
  'event_keys',
  'rejected_events',
];

/** The rows of a table, as far as senders and the demo decide them: nothing that the database adds. */
const digestIn = (table: string): string => `
  (SELECT md5(string_agg(columns, '' ORDER BY columns)) FROM (
    SELECT (to_jsonb(stored) - 'created_at' - 'updated_at')::text COLLATE "C" AS columns
    FROM ${table} AS stored
  ) AS rows) AS ${table}`;

const DIGEST = `
  SELECT ${TABLES.map(digestIn).join(',')},
    (SELECT string_agg(concat(offer_id, product_id, producer_id), ' ' ORDER BY offer_id)
     FROM offers) AS offers
`;

const COUNTS = `
  SELECT (SELECT count(*)::int FROM checkout_events) AS events,
         (SELECT count(*)::int FROM rejected_events) AS rejected,
         (SELECT count(*)::int FROM offers) AS offers
`;

const only = async <Row>(rows: Promise<Row[]>): Promise<Row> => (await rows)[0] as Row;
const digestOf = (query: Query): Promise<object> => only(query<object>(DIGEST));
const countsIn = (query: Query) => only(query<{ events: number; rejected: number }>(COUNTS));

/** Asks a database beside the process that uses it. */
async function asking<Result>(
  url: string,
  ask: (query: Query) => Promise<Result>,
): Promise<Result> {
  const { database, close } = await openDatabase(url, []);
  try {
    return await ask((sql, parameters) => database.query(sql, parameters));
  } finally {
    await close();
  }
}

describe('a Footfall that was started with --demo and nothing else', () => {
  let dataDir: string;
  let footfall: FootfallProcess;
  const running: FootfallProcess[] = [];

  const start = async (...args: string[]): Promise<FootfallProcess> => {
    const started = await FootfallProcess.spawn({ dataDir, args });
    running.push(started);
    await started.ready();
    return started;
  };
  const ask = async <Result>(work: (query: Query) => Promise<Result>): Promise<Result> =>
    asking((await runningEmbeddedUrl(dataDir)) as string, work);

  beforeAll(async () => {
    dataDir = await makeDataDir();
    footfall = await start('--demo');
  });
  afterAll(async () => {
    for (const each of running) await each.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('is loaded within 15 seconds, and says so', () => {
    const [, seconds] = /The demo is loaded\. \((?<seconds>[\d.]+) s\)/.exec(footfall.stderr) ?? [];

    expect(Number(seconds)).toBeLessThan(15);
  });

  it('answers each command that its greeting shows with something to see', async () => {
    const urls = [...footfall.stderr.matchAll(/curl "(http[^"]+)"/g)].map(
      ([, url]) => url as string,
    );
    const ofTheDemo = urls.filter((url) => !url.includes('session-1'));

    const answersOf = () =>
      Promise.all(
        ofTheDemo.map(async (url) => footfall.asAdmin('GET', url.slice(footfall.url.length))),
      );
    const isCounted = async () => {
      const [funnel, , revenue, platform] = await Promise.all(
        (await answersOf()).map((answer) => answer.text()),
      );
      return (
        /"sessions":[1-9]/.test(funnel!) &&
        /"netMinor":[1-9]/.test(revenue!) &&
        /"totalCents":[1-9]/.test(platform!)
      );
    };
    await until('the demo is counted', isCounted, 60_000);

    const answers = await answersOf();

    expect(answers.map(({ status }) => status)).toEqual(Array(11).fill(200));
    const [, methods, , , ...lists] = await Promise.all(answers.map((answer) => answer.json()));
    expect(JSON.stringify(methods)).toMatch(/"paid":[1-9]/);
    for (const { items } of lists as { items: unknown[] }[]) expect(items).not.toEqual([]);
  });

  it('holds events in every state, over 30 days, none of them in the DEFAULT partition', async () => {
    const found = await ask((query) =>
      only(
        query<{ states: string[]; days: number; homeless: number }>(`
          SELECT (SELECT array_agg(DISTINCT state ORDER BY state) FROM rejected_events) AS states,
                 (SELECT count(DISTINCT event_timestamp::date)::int FROM checkout_events) AS days,
                 ${PARTITIONED_TABLES.map(({ table }) => `(SELECT count(*)::int FROM ${table}_default)`).join(' + ')} AS homeless
        `),
      ),
    );

    expect(found).toEqual({
      states: ['conflict', 'refused', 'rejected', 'waiting'],
      days: 30,
      homeless: 0,
    });
  });

  it('holds events of every contract, and a catalogue that they filled', async () => {
    const counts = await ask((query) =>
      only(
        query<Record<string, number>>(
          `SELECT ${TABLES.map((table) => `(SELECT count(*)::int FROM ${table}) AS ${table}`).join(', ')}`,
        ),
      ),
    );

    expect(Object.entries(counts).filter(([, count]) => count === 0)).toEqual([]);
    expect(counts['attribution']).toBe(counts['events']);
  });

  it('goes on taking events, and keeps them beside the demo at the next start', async () => {
    const event = aCheckoutEvent({ timestamp: Date.now() });
    expect((await footfall.post('/events/checkout', event)).status).toBe(204);
    await until('it is stored', async () => {
      const found = await footfall.asAdmin('GET', `/events/checkout/${event.eventId}/receipt`);
      return ((await found.json()) as { state: string }).state === 'stored';
    });
    const before = await ask(countsIn);
    await footfall.stop();

    const again = await start('--demo', '--demo-seed', '99');

    expect(again.stderr).toContain('A complete demo is there already');
    expect(await ask(countsIn)).toEqual(before);
  });
});

describe('a demo that was asked for', () => {
  const cleanUps: (() => Promise<unknown>)[] = [];

  const database = async (): Promise<string> => {
    const made = await createDatabase();
    cleanUps.push(() => made.drop());
    return made.url;
  };
  const spawned = async (options: ProcessOptions): Promise<FootfallProcess> => {
    const footfall = await FootfallProcess.spawn(options);
    cleanUps.unshift(() => footfall.dispose());
    return footfall;
  };
  const inProcess = async (settings: NodeJS.ProcessEnv = {}): Promise<TestFootfall> => {
    const footfall = await (await TestFootfall.start(settings)).ready();
    cleanUps.unshift(() => footfall.stop());
    return footfall;
  };
  const load = (
    { footfall: { app } }: TestFootfall,
    options: { seed?: number; now?: number; untilDay?: number } = {},
  ) => {
    const { seed = 1, now = NOW, untilDay = Infinity } = options;
    const stopping = new AbortController();
    const progress = (days: number): void => {
      if (days >= untilDay) stopping.abort();
    };
    const parts = {
      database: app.get(Database),
      journal: app.get(Journal),
      offers: app.get(OffersRepository),
      partitions: app.get(Partitions),
    };
    return loadDemo(parts, { seed, now, progress, stop: stopping.signal });
  };
  /** Of an uninterrupted demo of that day, loaded once. */
  const wholes = new Map<string, Promise<{ digest: object; events: number }>>();
  const wholeAt = (now: number) => {
    const day = new Date(now).toISOString().slice(0, 10);
    const known = wholes.get(day) ?? loadWhole(now);
    wholes.set(day, known);
    return known;
  };
  const loadWhole = async (now: number) => {
    const footfall = await (await TestFootfall.start()).ready();
    await load(footfall, { now });
    const query = queryOf(footfall);
    const whole = { digest: await digestOf(query), events: (await countsIn(query)).events };
    await footfall.stop();
    return whole;
  };
  const queryOf =
    (footfall: TestFootfall): Query =>
    (sql, parameters) =>
      footfall.query(sql, parameters);

  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0)) await cleanUp();
  });

  it('is the same in every database, for the same seed and day', async () => {
    const footfall = await inProcess();

    const { outcome } = await load(footfall, { now: NOW });

    expect(outcome).toBe('loaded');
    expect(await digestOf(queryOf(footfall))).toEqual((await wholeAt(NOW - 3_600_000)).digest);
  });

  it('is completed as it was begun, days later and whatever the seed', async () => {
    const footfall = await inProcess();
    await expect(load(footfall, { untilDay: 7 })).rejects.toThrow('abort');

    const completed = await load(footfall, { seed: 5, now: NOW + 3 * DAY_MS });

    expect(completed).toEqual({ plan: { seed: 1, lastDay: '2026-03-04' }, outcome: 'completed' });
    expect(await digestOf(queryOf(footfall))).toEqual((await wholeAt(NOW)).digest);
  });

  it.each(['SIGKILL', 'SIGTERM'] as const)(
    'is completed at the next start after %s in its middle, and nothing is doubled',
    async (signal) => {
      const settings = { DATABASE_URL: await database() };
      const dataDir = await makeDataDir();
      cleanUps.push(() => rm(dataDir, { recursive: true, force: true }));
      const first = await spawned({ settings, dataDir, args: ['--demo'] });
      await until('some of it is stored', () =>
        asking(settings.DATABASE_URL, async (query) => (await countsIn(query)).events > 500).catch(
          () => false, // not migrated yet
        ),
      );
      first.signal(signal);
      expect(await first.exited).toBe(signal === 'SIGTERM' ? 0 : null);
      const half = await asking(settings.DATABASE_URL, countsIn);

      const second = await spawned({ settings, dataDir, args: ['--demo-seed', '2'] });
      await second.ready();

      expect(first.stderr).not.toContain('Footfall listens');
      expect(second.stderr).toContain('The demo that was interrupted is complete');
      const { lastDay } = await asking(settings.DATABASE_URL, (query) =>
        only(
          query<{ lastDay: string }>(
            `SELECT max(event_timestamp)::date::text AS "lastDay" FROM checkout_events`,
          ),
        ),
      );
      const whole = await wholeAt(Date.parse(lastDay) + DAY_MS);
      expect(await asking(settings.DATABASE_URL, digestOf)).toEqual(whole.digest);
      expect(half.events).toBeLessThan(whole.events);
    },
  );

  it('is refused where there are real events, and leaves everything as it is', async () => {
    const settings = { DATABASE_URL: await database() };
    const before = await spawned({ settings });
    await before.ready();
    await before.asAdmin('PUT', '/offers/offer-1', { productId: 'p', producerId: 'q' });
    await until('the event is taken', async () => {
      return (await before.post('/events/checkout', aCheckoutEvent())).status === 204;
    });
    await before.post('/events/checkout', { eventId: 'no event' });
    await until('both are stored', () =>
      asking(settings.DATABASE_URL, async (query) => {
        const { events, rejected } = await countsIn(query);
        return events > 0 && rejected > 0;
      }),
    );
    await before.stop();
    const digest = await asking(settings.DATABASE_URL, digestOf);

    const footfall = await spawned({ settings, args: ['--demo'] });

    expect(await footfall.exited).toBe(1);
    expect(footfall.stderr).toContain('events and rejected events and offers already');
    expect(footfall.stderr).toContain('Nothing was changed');
    expect(await asking(settings.DATABASE_URL, digestOf)).toEqual(digest);
  });

  it('is refused where a real event was acknowledged and is not stored yet', async () => {
    const settings = { DATABASE_URL: await database() };
    const dataDir = await makeDataDir();
    cleanUps.push(() => rm(dataDir, { recursive: true, force: true }));
    const before = await spawned({ settings, dataDir });
    await before.ready();
    await before.asAdmin('PUT', '/offers/offer-1', {
      productId: 'product-1',
      producerId: 'producer-1',
    });
    await until('the offer is known', async () => {
      return /^footfall_offers_loaded 1$/m.test(
        await (await fetch(`${before.url}/metrics`)).text(),
      );
    });
    await asking(settings.DATABASE_URL, async (query) => {
      await query('ALTER TABLE checkout_events RENAME TO away'); // the writer waits, the door does not
      expect((await before.post('/events/checkout', aCheckoutEvent())).status).toBe(204);
      await before.kill9();
      await query('ALTER TABLE away RENAME TO checkout_events');
    });
    expect(await asking(settings.DATABASE_URL, countsIn)).toMatchObject({ events: 0, rejected: 0 });

    const footfall = await spawned({ settings, dataDir, args: ['--demo'] });

    expect(await footfall.exited).toBe(1);
    expect(footfall.stderr).toContain('The database holds events already');
  });

  it('is refused where another contract has events, or the catalogue entries', async () => {
    const footfall = await inProcess();
    await footfall.post('/events/tracking', aPageView()).expect(204);
    await footfall.written();
    await footfall.asAdmin('put', '/catalog/assets/a').send({ title: 'Morning', creatorId: 'c' });

    const loading = load(footfall);

    await expect(loading).rejects.toThrow('holds events and entries of the catalogue already');
  });

  it('is not completed where real events came to its part', async () => {
    const footfall = await inProcess();
    await expect(load(footfall, { untilDay: 2 })).rejects.toThrow('abort');
    await footfall.unresolved(aCheckoutEvent());
    await footfall.written();
    const digest = await digestOf(queryOf(footfall));

    await expect(load(footfall)).rejects.toThrow(DemoRefusedError);

    expect(await digestOf(queryOf(footfall))).toEqual(digest);
  });

  it('is not taken for one because of an event with such an id', async () => {
    const footfall = await inProcess();
    await footfall.offer('offer-1');
    for (const eventId of ['footfall-demo-begins', 'footfall-demo-ends']) {
      await footfall.post('/events/checkout', aCheckoutEvent({ eventId })).expect(204);
    }
    await footfall.written();

    await expect(load(footfall)).rejects.toThrow('holds events already');
  });

  it('shows refusals as the door would have told them', async () => {
    const footfall = await inProcess();
    const mistakes = MISTAKES.map((mistake) => mistake(aCheckoutEvent()));

    for (const { body, breach } of mistakes) {
      const answer = await footfall.post('/events/checkout', body === null ? '{' : body);

      expect(answer.status).toBe(400);
      expect(answer.body).toEqual({ breaches: [breach] });
    }
  });

  it.each([
    [['--demo'], { ROLES: 'dashboards' }, 1, 'ROLES=ingest,worker'],
    [['--demoo'], {}, 2, "Unknown option '--demoo'"],
    [['--demo-seed', 'x'], {}, 2, 'must be a whole number'],
  ])('as %j with %j ends with a clear word', async (args, settings, code, word) => {
    const footfall = await spawned({ args, settings });

    expect(await footfall.exited).toBe(code);
    expect(footfall.stderr).toContain(word);
  });
});
