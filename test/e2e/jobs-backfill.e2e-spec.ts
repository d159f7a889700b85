import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { BackfillDetailView, BackfillPage, JobView } from '#libs/contracts';
import { Database } from '#libs/database';
import { askFor, counted, inState, visitOn } from '../support/backfills.js';
import { aCheckoutEvent } from '../support/checkout-event.js';
import { TestFootfall } from '../support/footfall.js';
import { until } from '../support/until.js';

jest.setTimeout(60_000);

const DAYS = ['2025-05-05', '2025-05-06', '2025-05-07', '2025-05-08'] as const;
const [MONDAY, TUESDAY, WEDNESDAY, THURSDAY] = DAYS;
const PER_DAY = 3;
const ONLY = { rollups: ['checkout-funnel-daily'] };

describe('a backfill', () => {
  let footfall: TestFootfall;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
    await footfall.offer('offer-1');
    for (const day of DAYS) await visitOn(footfall, day, PER_DAY);
    await counted(footfall, DAYS.length * PER_DAY);
  });
  beforeEach(async () => {
    // Whatever a test left wrong.
    await footfall.query('UPDATE backfills SET state = $1 WHERE state IN ($2, $3)', [
      'stopped',
      'queued',
      'running',
    ]);
    await inState(footfall, (await askFor(footfall, { from: MONDAY, to: THURSDAY })).id, 'done');
  });
  afterAll(() => footfall.stop());

  const spoil = (day: string) =>
    footfall.query('UPDATE checkout_funnel_daily SET sessions = 99 WHERE day = $1', [day]);
  const sessions = async (): Promise<Record<string, number>> => {
    const rows = await footfall.query<{ day: string; sessions: number }>(
      `SELECT day::text, sum(sessions)::int AS sessions FROM checkout_funnel_daily
       GROUP BY day ORDER BY day`,
    );
    return Object.fromEntries(rows.map((row) => [row.day, row.sessions]));
  };
  const contents = async () => [
    await footfall.query('SELECT * FROM checkout_sessions ORDER BY session_id'),
    await footfall.query('SELECT * FROM checkout_funnel_daily ORDER BY day, dimensions'),
    await footfall.query('SELECT rollup, day FROM touched_days'),
  ];
  const right = Object.fromEntries(DAYS.map((day) => [day, PER_DAY]));

  /** Holds every projection's turn until `act` is done, so that a backfill stands still. */
  async function whileNobodyFolds(act: () => Promise<void>): Promise<void> {
    await footfall.footfall.app.get(Database).transaction(async (transaction) => {
      await transaction.query('SELECT 1 FROM projector_cursors FOR SHARE');
      await act();
    });
  }
  const stands = () =>
    until('the backfill waits for its turn', async () => {
      const [row] = await footfall.query<{ waiting: number }>(
        `SELECT count(*)::int AS waiting FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return (row?.waiting ?? 0) > 0;
    });

  it('mends its days, both ends included, and no other', async () => {
    for (const day of DAYS) await spoil(day);

    const asked = await footfall
      .asAdmin('post', '/jobs/backfill')
      .send({ from: TUESDAY, to: WEDNESDAY })
      .expect(202);
    const { id } = asked.body as BackfillDetailView;
    const done = await inState(footfall, id, 'done');

    expect(asked.headers['location']).toBe(`/jobs/backfill/${id}`);
    expect(await sessions()).toEqual({ ...right, [MONDAY]: 99, [THURSDAY]: 99 });
    expect(done).toMatchObject({
      from: TUESDAY,
      to: WEDNESDAY,
      dryRun: false,
      days: 2,
      daysDone: 2,
      progress: 100,
      currentDay: null,
      secondsLeft: null,
      rows: 2 * PER_DAY,
      rowsPerSecond: expect.any(Number),
      difference: 2,
      error: null,
    });
    expect(done.doneDays).toEqual(
      [WEDNESDAY, TUESDAY].map((day) => ({
        day,
        rows: PER_DAY,
        durationMs: expect.any(Number),
        difference: 1,
        differences: [{ of: 'checkout-funnel-daily', rows: 1 }],
      })),
    );
  });

  it('takes null for what was not said', async () => {
    const asked = await askFor(footfall, {
      ...{ from: MONDAY, to: MONDAY },
      ...{ dryRun: null, rollups: null },
    });

    expect(asked).toMatchObject({ dryRun: false, rollups: expect.arrayContaining(ONLY.rollups) });
  });

  it('finds nothing when it is made again', async () => {
    const before = await contents();

    const { id } = await askFor(footfall, { from: MONDAY, to: THURSDAY });
    const done = await inState(footfall, id, 'done');

    expect(done).toMatchObject({ difference: 0, daysDone: 4 });
    expect(await contents()).toEqual(before);
  });

  it('tells as a dry run what it would change, and changes nothing', async () => {
    await footfall.query('DELETE FROM checkout_sessions WHERE session_id = $1', [`${TUESDAY} 0`]);
    await footfall.query(
      "UPDATE checkout_sessions SET session_id = 'made up' WHERE session_id = $1",
      [`${WEDNESDAY} 1`],
    );
    await spoil(THURSDAY);
    const before = await contents();

    const rehearsal = await askFor(footfall, { from: MONDAY, to: THURSDAY, dryRun: true });
    const rehearsed = await inState(footfall, rehearsal.id, 'done');
    const after = await contents();
    const { id } = await askFor(footfall, { from: MONDAY, to: THURSDAY });
    const done = await inState(footfall, id, 'done');

    const differences = ({ doneDays }: BackfillDetailView) =>
      doneDays.map(({ day, differences: found }) => [day, found]);
    expect(after).toEqual(before);
    expect(differences(rehearsed)).toEqual(differences(done));
    // Tuesday lacks a session, Wednesday has one too many and one too few, Thursday's figure is wrong.
    expect(differences(rehearsed)).toEqual([
      [THURSDAY, expect.arrayContaining([{ of: 'checkout-funnel-daily', rows: 1 }])],
      [WEDNESDAY, [{ of: 'checkout-sessions', rows: 2 }]],
      [TUESDAY, [{ of: 'checkout-sessions', rows: 1 }]],
      [MONDAY, []],
    ]);
    expect(await sessions()).toEqual(right);
  });

  it('recounts only the rollups that are named, and what they are counted from', async () => {
    await spoil(MONDAY);
    await footfall.query('UPDATE checkout_funnel_hourly SET sessions = 99');

    const { id } = await askFor(footfall, { from: MONDAY, to: MONDAY, ...ONLY });
    const done = await inState(footfall, id, 'done');

    expect(done.rollups).toEqual(['checkout-funnel-daily']);
    expect(done.doneDays[0]?.differences).toEqual([{ of: 'checkout-funnel-daily', rows: 1 }]);
    expect(await sessions()).toEqual(right);
  });

  it('leaves a day alone of which no raw event is left', async () => {
    await footfall.query(
      `INSERT INTO checkout_funnel_daily
       SELECT (jsonb_populate_record(funnel, '{"day": "2025-04-01"}')).*
       FROM checkout_funnel_daily AS funnel WHERE day = $1`,
      [MONDAY],
    );

    const { id } = await askFor(footfall, { from: '2025-04-01', to: '2025-04-01' });
    const done = await inState(footfall, id, 'done');

    expect(done.doneDays).toMatchObject([{ day: '2025-04-01', rows: 0, differences: [] }]);
    expect(await sessions()).toEqual({ ...right, '2025-04-01': PER_DAY });
    await footfall.query("DELETE FROM checkout_funnel_daily WHERE day = '2025-04-01'");
  });

  it('waits for the one before it, stops before its next day, and goes on when it is told', async () => {
    let first!: BackfillDetailView;
    let second!: BackfillDetailView;
    let stopping: unknown;
    await whileNobodyFolds(async () => {
      first = await askFor(footfall, { from: MONDAY, to: THURSDAY, ...ONLY });
      await inState(footfall, first.id, 'running');
      await stands();
      second = await askFor(footfall, { from: MONDAY, to: MONDAY, ...ONLY });
      stopping = (await footfall.asAdmin('post', `/jobs/backfill/${first.id}/stop`).expect(200))
        .body;
    });

    const stopped = await inState(footfall, first.id, 'stopped');
    const ran = await inState(footfall, second.id, 'done');
    await footfall.asAdmin('post', `/jobs/backfill/${first.id}/resume`).expect(200);
    const resumed = await inState(footfall, first.id, 'done');

    expect(second.state).toBe('queued');
    expect(stopping).toMatchObject({ state: 'running', isStopping: true, currentDay: THURSDAY });
    expect(stopped).toMatchObject({
      daysDone: 1,
      progress: 25,
      currentDay: WEDNESDAY,
      isStopping: false,
      endedAt: expect.any(String),
    });
    expect(Date.parse(ran.startedAt!)).toBeGreaterThan(Date.parse(first.requestedAt));
    expect(resumed.doneDays.map(({ day }) => day)).toEqual(DAYS.toReversed());
  });

  it('is stopped at once while it waits', async () => {
    let second!: BackfillDetailView;
    await whileNobodyFolds(async () => {
      const first = await askFor(footfall, { from: MONDAY, to: MONDAY, ...ONLY });
      await inState(footfall, first.id, 'running');
      second = await askFor(footfall, { from: MONDAY, to: MONDAY });
      await footfall.asAdmin('post', `/jobs/backfill/${second.id}/stop`).expect(200);
    });

    expect(await inState(footfall, second.id, 'stopped')).toMatchObject({ daysDone: 0 });
  });

  it('is listed, newest first, page by page', async () => {
    const { id } = await askFor(footfall, { from: MONDAY, to: MONDAY });
    await inState(footfall, id, 'done');

    const first = (await footfall.asAdmin('get', '/jobs/backfill?limit=1').expect(200))
      .body as BackfillPage;
    const next = (
      await footfall.asAdmin('get', `/jobs/backfill?limit=1&cursor=${first.nextCursor}`).expect(200)
    ).body as BackfillPage;

    expect([...first.items, ...next.items].map((item) => item.id)).toEqual([id, id - 1]);
    expect(first.items[0]).not.toHaveProperty('doneDays');
  });

  it('leaves an entry at the job that runs it', async () => {
    const { body } = await footfall.asAdmin('get', '/jobs/run-backfills').expect(200);

    expect(body).toMatchObject({ kind: 'upkeep', lagSeconds: null });
    expect((body as JobView).runs[0]).toMatchObject({ error: null });
    expect((body as JobView).runs.flatMap(({ days }) => days)).toContain(MONDAY);
  });

  it('counts what arrives meanwhile', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const asked: number[] = [];
    const send = async (session: number): Promise<void> => {
      const timestamp = session % 2 ? Date.now() : Date.parse(`${MONDAY}T13:00:00Z`);
      const event = aCheckoutEvent({ sessionId: `live ${session}`, timestamp });
      await footfall.post('/events/checkout', event).expect(204);
    };

    for (let session = 0; session < 60; session += 1) {
      await send(session);
      if (session % 20 === 0) {
        asked.push((await askFor(footfall, { from: MONDAY, to: TUESDAY })).id);
        asked.push((await askFor(footfall, { from: today, to: today })).id);
      }
    }
    for (const id of asked) await inState(footfall, id, 'done');

    await counted(footfall, DAYS.length * PER_DAY + 60);
    expect(await sessions()).toMatchObject({ [MONDAY]: PER_DAY + 30, [TUESDAY]: PER_DAY });
    await footfall.query("DELETE FROM checkout_events WHERE session_id LIKE 'live %'");
    await footfall.query("DELETE FROM checkout_sessions WHERE session_id LIKE 'live %'");
  });

  it('counts what it touches on its days itself: the jobs leave that alone for a while', async () => {
    const rollup = 'checkout-funnel-daily';
    const left = () =>
      footfall.query('SELECT day::text FROM touched_days WHERE rollup = $1', [rollup]);

    await whileNobodyFolds(async () => {
      await askFor(footfall, { from: TUESDAY, to: WEDNESDAY });
      await stands();
      // From a time to come, so that it is not over before the jobs have looked.
      await footfall.query(
        `INSERT INTO touched_days (rollup, day, touched_at)
         VALUES ($1, $2, now() + interval '1 hour'), ($1, $3, now() - interval '31 seconds'), ($1, $4, now())`,
        [rollup, WEDNESDAY, TUESDAY, MONDAY],
      );

      await until('what is older is counted, and what is none of its days', async () => {
        return (await left()).length === 1;
      });
      expect(await left()).toEqual([{ day: WEDNESDAY }]);
    });

    await until('the backfill has counted it', async () => (await left()).length === 0);
  });

  it('counts one day of daily_metrics again', async () => {
    const answer = await footfall
      .asAdmin('post', '/jobs/aggregate-daily-metrics')
      .send({ date: MONDAY })
      .expect(202);
    const { id } = answer.body as BackfillDetailView;
    const done = await inState(footfall, id, 'done');

    expect(answer.headers['location']).toBe(`/jobs/backfill/${id}`);
    expect(done).toMatchObject({
      from: MONDAY,
      to: MONDAY,
      days: 1,
      daysDone: 1,
      rollups: ['daily-metrics'],
    });
  });
});

describe('a backfill is refused', () => {
  let footfall: TestFootfall;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
  });
  afterAll(() => footfall.stop());

  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

  it.each([
    ['without a last day', { from: MONDAY }, 'to'],
    ['that ends before it begins', { from: TUESDAY, to: MONDAY }, 'from'],
    ['of days to come', { from: MONDAY, to: tomorrow }, 'to'],
    ['of more than two years', { from: '2023-05-04', to: MONDAY }, 'from'],
    ['before there were events', { from: '1969-12-31', to: '1970-01-01' }, 'from'],
    ['of a day that is none', { from: '2025-02-30', to: MONDAY }, 'from'],
    ['with a misspelt field', { from: MONDAY, to: MONDAY, dryrun: true }, 'dryrun'],
    ['with a flag that is none', { from: MONDAY, to: MONDAY, dryRun: 'yes' }, 'dryRun'],
    ['of no rollup', { from: MONDAY, to: MONDAY, rollups: [] }, 'rollups'],
    ['of an unknown rollup', { from: MONDAY, to: MONDAY, rollups: ['orders'] }, 'rollups'],
  ])('%s', async (_, wanted, field) => {
    const { body } = await footfall.asAdmin('post', '/jobs/backfill').send(wanted).expect(400);

    expect(body).toMatchObject({ code: 'VALIDATION_FAILED', breaches: [{ field }] });
  });

  it('where there is none such', async () => {
    const statuses = [
      (await footfall.asAdmin('get', '/jobs/backfill/999999')).status,
      (await footfall.asAdmin('post', '/jobs/backfill/999999/stop')).status,
      (await footfall.asAdmin('post', '/jobs/backfill/999999/resume')).status,
      (await footfall.asAdmin('get', '/jobs/backfill/x')).status,
      (await footfall.asAdmin('get', '/jobs/backfill?cursor=x')).status,
    ];

    expect(statuses).toEqual([404, 404, 404, 400, 400]);
  });

  it('to whoever is no administrator', async () => {
    const reader = await footfall.makeKey(['dashboards:read']);
    const authorization = `Bearer ${reader.key}`;
    const wanted = { from: MONDAY, to: MONDAY };

    const statuses = [
      (await footfall.post('/jobs/backfill', wanted)).status,
      (await footfall.post('/jobs/backfill', wanted).set({ authorization })).status,
      (await footfall.post('/jobs/backfill/1/stop').set({ authorization })).status,
      (await footfall.post('/jobs/backfill/1/resume').set({ authorization })).status,
      (await footfall.get('/jobs/backfill').set({ authorization })).status,
      (await footfall.post('/jobs/aggregate-daily-metrics', wanted).set({ authorization })).status,
    ];

    expect(statuses).toEqual([401, 403, 403, 403, 403, 403]);
  });
});

describe('a backfill that fails', () => {
  let footfall: TestFootfall;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
    await footfall.offer('offer-1');
    await visitOn(footfall, MONDAY, PER_DAY);
    await counted(footfall, PER_DAY);
  });
  afterAll(() => footfall.stop());

  it('is tried again, seen, at last given up, and goes on when it is told', async () => {
    await footfall.query('ALTER TABLE checkout_funnel_daily RENAME TO hidden');
    const { id } = await askFor(footfall, { from: MONDAY, to: TUESDAY, ...ONLY });
    const failed = await inState(footfall, id, 'failed');
    const job = (await footfall.asAdmin('get', '/jobs/run-backfills').expect(200)).body as JobView;
    const failures = await footfall.figure(
      'job_runs_total',
      '{job="run-backfills",outcome="failed"}',
    );

    await footfall.query('ALTER TABLE hidden RENAME TO checkout_funnel_daily');
    await footfall.asAdmin('post', `/jobs/backfill/${id}/resume`).expect(200);
    const done = await inState(footfall, id, 'done');

    // Tuesday, which comes first, has no event.
    expect(failed).toMatchObject({ daysDone: 1, currentDay: MONDAY, difference: 0 });
    expect(failed.error).toContain('checkout_funnel_daily');
    expect(job.runs[0]?.error).toContain('checkout_funnel_daily');
    expect(failures).toBe(5);
    expect(footfall.logged('JOB_FAILED')).not.toEqual([]);
    expect(footfall.logged('BACKFILL_ENDED')).toMatchObject([
      { state: 'failed' },
      { state: 'done' },
    ]);
    expect(done).toMatchObject({ daysDone: 2, error: null });
  });
});

describe('a backfill that a process without workers is asked for', () => {
  it('waits in its table for one', async () => {
    const reader = await (await TestFootfall.start({ ROLES: 'dashboards' })).ready();
    const { DATABASE_URL } = reader.config;
    const asked = await askFor(reader, { from: MONDAY, to: TUESDAY });

    const worker = await TestFootfall.start({ ROLES: 'worker,ingest', DATABASE_URL });
    const done = await inState(reader, asked.id, 'done');
    await worker.stop();
    await reader.stop();

    expect(asked).toMatchObject({ state: 'queued', startedAt: null, secondsLeft: null });
    expect(done).toMatchObject({ daysDone: 2 });
  });
});
