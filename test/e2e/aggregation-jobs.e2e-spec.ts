import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { RunAlone } from '#libs/aggregation';
import { JOB_IDS, type JobPage, type JobView } from '#libs/contracts';
import { aCheckoutEvent } from '../support/checkout-event.js';
import { eventually } from '../support/eventually.js';
import { openDatabase, type TestDatabase } from '../support/event-writer.js';
import { TestFootfall } from '../support/footfall.js';
import { createDatabase } from '../support/postgres.mjs';
import { FootfallProcess } from '../support/process.js';
import { until } from '../support/until.js';

jest.setTimeout(120_000);

describe('a job that one process may run', () => {
  let scratch: Awaited<ReturnType<typeof createDatabase>>;
  let database: TestDatabase;

  beforeAll(async () => {
    scratch = await createDatabase();
    database = await openDatabase(scratch.url);
  });
  beforeEach(() => database.query('TRUNCATE job_leases'));
  afterAll(async () => {
    await database.close();
    await scratch.drop();
  });

  const leases = () => database.query('SELECT job FROM job_leases');
  const passes = (seconds: number) =>
    database.query("UPDATE job_leases SET until = until - $1 * interval '1 second'", [seconds]);

  it('is run by one of two, and by the other when it is done', async () => {
    const [one, other] = [new RunAlone(database), new RunAlone(database)];
    const meanwhile: boolean[] = [];

    const first = await one.run('job', async () => {
      meanwhile.push(await other.run('job', () => Promise.resolve()));
      meanwhile.push(await other.run('another job', () => Promise.resolve()));
    });
    const second = await other.run('job', () => Promise.resolve());

    expect([first, meanwhile, second]).toEqual([true, [false, true], true]);
    expect(await leases()).toEqual([]);
  });

  it('is given back when it fails', async () => {
    const failing = new RunAlone(database).run('job', () => Promise.reject(new Error('broken')));

    await expect(failing).rejects.toThrow('broken');
    expect(await leases()).toEqual([]);
  });

  it('is given back a minute after its process died, and no earlier', async () => {
    // A process that died: its lease is there, and nobody renews it.
    await database.query(
      "INSERT INTO job_leases VALUES ('job', gen_random_uuid(), now() + interval '1 minute')",
    );
    const alive = new RunAlone(database);
    const tries: boolean[] = [];

    await passes(55);
    tries.push(await alive.run('job', () => Promise.resolve()));
    await passes(6);
    tries.push(await alive.run('job', () => Promise.resolve()));

    expect(tries).toEqual([false, true]);
  });

  it('leaves another’s lease alone when it has lost its own', async () => {
    await new RunAlone(database).run('job', async () => {
      await passes(61);
      await database.query(
        "UPDATE job_leases SET run = gen_random_uuid(), until = now() + interval '1 minute'",
      );
    });

    expect(await leases()).toHaveLength(1);
  });
});

describe('from an event to the figures of its day', () => {
  let footfall: TestFootfall;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
    await footfall.offer('offer-1');
  });
  afterAll(() => footfall.stop());

  const job = async (id: string): Promise<JobView> =>
    (await footfall.asAdmin('get', `/jobs/${id}`).expect(200)).body as JobView;
  const rollup = (day: string) =>
    footfall.query<{ sessions: number }>(
      'SELECT sessions FROM checkout_funnel_daily WHERE day = $1',
      [day],
    );

  it('is not longer than ten seconds, for today and for long ago', async () => {
    const today = Date.now();
    const longAgo = Date.parse('2025-03-04T05:06:07Z');
    for (const timestamp of [today, longAgo]) {
      const event = aCheckoutEvent({ timestamp, sessionId: `at ${timestamp}` });
      await footfall.post('/events/checkout', event).expect(204);
    }

    const figures = await eventually(async () => {
      const days = ['2025-03-04', new Date(today).toISOString().slice(0, 10)];
      const counted = (await Promise.all(days.map(rollup))).flat();
      if (counted.length < days.length) throw new Error('not yet');
      return counted;
    }, 10_000);

    expect(figures).toEqual([{ sessions: 1 }, { sessions: 1 }]);
  });

  it('leaves an entry at each job that worked', async () => {
    await until('the projection has noted its run', async () => {
      const [run] = (await job('checkout-sessions')).runs;
      return (run?.rows ?? 0) >= 2;
    });

    const { runs, ...projection } = await job('checkout-sessions');

    expect(projection).toMatchObject({
      id: 'checkout-sessions',
      kind: 'projection',
      schedule: 'every 1 s',
      lagSeconds: expect.any(Number),
      lastSuccessAt: expect.any(String),
    });
    expect(runs[0]).toMatchObject({ error: null, difference: null });
    expect(runs.flatMap(({ days }) => days)).toContain('2025-03-04');
  });

  it('leaves nothing for the nightly recount to find', async () => {
    await until('it has run', async () => (await job('nightly-recount')).runs.length > 0);

    const { runs, lagSeconds, nextRunAt } = await job('nightly-recount');

    expect(runs[0]).toMatchObject({ difference: 0, error: null });
    expect(lagSeconds).toBeNull();
    expect(nextRunAt).toMatch(/T01:00:00.000Z$/);
    expect(await footfall.figure('rollup_difference')).toBe(0);
  });

  it('passes jobs that are listed, each with its last entry', async () => {
    const { items, nextCursor } = (await footfall.asAdmin('get', '/jobs').expect(200))
      .body as JobPage;

    expect(items.map(({ id }) => id)).toEqual(JOB_IDS);
    expect(items.every(({ runs }) => runs.length <= 1)).toBe(true);
    expect(nextCursor).toBeNull();
  });

  it('passes jobs that administrators alone may see', async () => {
    const reader = await footfall.makeKey(['dashboards:read']);
    const authorization = `Bearer ${reader.key}`;

    const statuses = [
      (await footfall.get('/jobs')).status,
      (await footfall.get('/jobs').set({ authorization })).status,
      (await footfall.get('/jobs/tidy-up').set({ authorization })).status,
      (await footfall.asAdmin('get', '/jobs/constructor')).status,
      (await footfall.asAdmin('get', `/jobs/${'x'.repeat(65)}`)).status,
    ];

    expect(statuses).toEqual([401, 403, 403, 404, 400]);
  });
});

describe('a job that fails', () => {
  let footfall: TestFootfall;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
    await footfall.offer('offer-1');
  });
  afterAll(() => footfall.stop());

  const failures = () =>
    footfall.figure('job_runs_total', '{job="checkout-sessions",outcome="failed"}');
  const said = (type: string) =>
    footfall.logged(type).filter(({ job }) => job === 'checkout-sessions').length;

  it('is noted, said once, counted, and goes on when it can', async () => {
    await footfall.query('ALTER TABLE checkout_sessions RENAME TO hidden');
    await footfall.post('/events/checkout', aCheckoutEvent()).expect(204);
    const noted = await eventually(async () => {
      const { body } = await footfall.asAdmin('get', '/jobs/checkout-sessions');
      const failed = (body as JobView).runs.filter(({ error }) => error !== null);
      if ((failed[0]?.runs ?? 0) < 2) throw new Error('it did not fail twice yet');
      return failed;
    }, 20_000);

    await footfall.query('ALTER TABLE hidden RENAME TO checkout_sessions');
    await until('it goes on', async () => {
      return (await footfall.query('SELECT 1 FROM checkout_sessions')).length === 1;
    });

    await until('it says so', () => said('JOB_RESUMED') === 1);
    expect(said('JOB_FAILED')).toBe(1);
    expect(await failures()).toBeGreaterThanOrEqual(2);
    // Failures of a minute are one entry.
    expect(noted).toEqual([
      expect.objectContaining({ error: expect.stringContaining('checkout_sessions') }),
    ]);
  });
});

describe('two processes upon one database', () => {
  let scratch: Awaited<ReturnType<typeof createDatabase>>;
  let database: TestDatabase;
  let one: FootfallProcess;
  let two: FootfallProcess;

  beforeAll(async () => {
    scratch = await createDatabase();
    const settings = { DATABASE_URL: scratch.url };
    one = await FootfallProcess.start({ settings });
    two = await FootfallProcess.start({ settings });
    await Promise.all([one.ready(), two.ready()]);
    database = await openDatabase(scratch.url);
    await one.asAdmin('PUT', '/offers/offer-1', { productId: 'p', producerId: 'q' });
  });
  afterAll(async () => {
    await database.close();
    await Promise.all([one.dispose(), two.dispose()]);
    await scratch.drop();
  });

  const send = async (to: FootfallProcess, session: number): Promise<void> => {
    const event = aCheckoutEvent({ sessionId: `s${session}`, timestamp: Date.now() });
    await until('it is kept', async () => {
      return (await to.post('/events/checkout', event)).status === 204;
    });
  };
  const number = async (sql: string): Promise<number> =>
    (await database.query<{ n: number }>(`SELECT coalesce(${sql}, 0)::int AS n`))[0]!.n;
  const counted = () => number('(SELECT sum(sessions) FROM checkout_funnel_daily)');
  const stored = () => number('(SELECT count(DISTINCT session_id) FROM checkout_events)');

  it('count everything once, also when one of them is killed', async () => {
    for (let session = 0; session < 20; session += 1) await send(session % 2 ? one : two, session);
    await one.kill9();
    for (let session = 20; session < 30; session += 1) await send(two, session);
    // Where it died with a lease in hand, the minute passes.
    await database.query("UPDATE job_leases SET until = until - interval '1 minute'");
    await until('the other has written what is its own', async () => (await stored()) >= 20);

    await until('all is counted', async () => (await counted()) === (await stored()));

    // Both tried all the time; each batch was folded by one of them.
    expect(await number("(SELECT sum(rows) FROM job_runs WHERE job = 'checkout-sessions')")).toBe(
      await stored(),
    );
  });
});
