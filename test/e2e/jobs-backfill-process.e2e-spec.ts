import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { BackfillDetailView } from '#libs/contracts';
import { aCheckoutEvent } from '../support/checkout-event.js';
import { makeDataDir } from '../support/data-dir.js';
import { openDatabase, type TestDatabase } from '../support/event-writer.js';
import { createDatabase } from '../support/postgres.mjs';
import { FootfallProcess } from '../support/process.js';
import { until } from '../support/until.js';

jest.setTimeout(180_000);

const CLI = join(import.meta.dirname, '../../dist/apps/server/src/cli.js');
const FROM = '2025-01-01';
const TO = '2025-05-31';
const DAYS = 151;
/** Of the sessions, each on a day of its own, the first and the last day among them. */
const SESSIONS = 76;

describe('a backfill of many days', () => {
  let scratch: Awaited<ReturnType<typeof createDatabase>>;
  let database: TestDatabase;
  let dataDir: string;
  let worker: FootfallProcess;
  let children: ChildProcess[];

  beforeAll(async () => {
    scratch = await createDatabase();
    database = await openDatabase(scratch.url);
    dataDir = await makeDataDir();
    worker = await start();
    await worker.asAdmin('PUT', '/offers/offer-1', { productId: 'p', producerId: 'q' });
    for (let session = 0; session < SESSIONS; session += 1) {
      const timestamp = Date.parse(FROM) + session * 2 * 86_400_000;
      const event = aCheckoutEvent({ sessionId: `s${session}`, timestamp });
      await until('it is kept', async () => {
        return (await worker.post('/events/checkout', event)).status === 204;
      });
    }
    await until('all is counted', async () => (await sessions()) === SESSIONS);
    await worker.stop();
  });
  beforeEach(async () => {
    children = [];
    // As if the projections and the rollups of an earlier release had been wrong.
    await database.query('TRUNCATE checkout_sessions, checkout_funnel_daily, touched_days');
    await database.query('TRUNCATE backfills, backfill_days, job_leases');
  });
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await worker.stop();
    await rm(dataDir, { recursive: true, force: true });
    await database.close();
    await scratch.drop();
  });

  const start = async (): Promise<FootfallProcess> => {
    const process = await FootfallProcess.start({
      dataDir,
      settings: { DATABASE_URL: scratch.url },
    });
    await process.ready();
    return process;
  };
  const number = async (sql: string): Promise<number> =>
    (await database.query<{ n: number }>(`SELECT (${sql})::int AS n`))[0]!.n;
  const sessions = () => number('SELECT coalesce(sum(sessions), 0) FROM checkout_funnel_daily');
  const daysDone = () => number('SELECT count(*) FROM backfill_days WHERE is_done');
  const minuteOfTheLeasePasses = () =>
    database.query("UPDATE job_leases SET until = until - interval '1 minute'");
  const look = async (process: FootfallProcess, id: number): Promise<BackfillDetailView> =>
    (await (await process.asAdmin('GET', `/jobs/backfill/${id}`)).json()) as BackfillDetailView;

  interface Command {
    readonly child: ChildProcess;
    readonly ended: Promise<{ code: number | null; output: string; messages: string }>;
  }

  /** As after `npm run footfall --`. */
  function command(...words: readonly string[]): Command {
    const child = spawn(process.execPath, [CLI, ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], DATABASE_URL: scratch.url },
    });
    children.push(child);
    let [output, messages] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (messages += text));
    const ended = once(child, 'close').then(([code]) => {
      return { code: code as number | null, output, messages };
    });
    return { child, ended };
  }

  it('goes on with the day that was in hand when its process is killed', async () => {
    const doomed = await start();
    const asked = await doomed.asAdmin('POST', '/jobs/backfill', { from: FROM, to: TO });
    const { id } = (await asked.json()) as BackfillDetailView;
    await until('some days are done', async () => (await daysDone()) >= 10);
    await doomed.kill9();
    const doneBefore = await database.query<{ day: string }>(
      'SELECT day::text, xmin::text FROM backfill_days WHERE is_done ORDER BY day DESC',
    );

    await minuteOfTheLeasePasses();
    worker = await start();
    await until('it is done', async () => (await look(worker, id)).state === 'done', 60_000);
    const done = await look(worker, id);
    const kept = await database.query(
      'SELECT day::text, xmin::text FROM backfill_days ORDER BY day DESC LIMIT $1',
      [doneBefore.length],
    );
    await worker.stop();

    expect(doneBefore.length).toBeLessThan(DAYS);
    // No day that was done is done again.
    expect(kept).toEqual(doneBefore);
    expect(done).toMatchObject({ daysDone: DAYS, progress: 100, rows: SESSIONS, error: null });
    expect(await sessions()).toBe(SESSIONS);
    // Each session was missing once, whenever its process died.
    expect(
      await number(
        "SELECT sum((differences ->> 'checkout-sessions')::int) FROM backfill_days WHERE backfill = 1",
      ),
    ).toBe(SESSIONS);
  });

  it('is done by the command where no worker lives', async () => {
    const { code, output, messages } = await command('backfill', '--from', FROM, '--to', TO).ended;

    expect(messages).toMatch(/^151 of 151 days, 76 events, \d+ events\/s: \d+ rows were wrong/);
    expect(output).toContain('2025-01-01: ');
    expect(output).toContain('2025-05-31: ');
    expect(code).toBe(0);
    expect(await sessions()).toBe(SESSIONS);
  });

  it('is only asked for by the command where a worker lives', async () => {
    worker = await start();
    const { code, output } = await command(
      ...['backfill', '--from', FROM, '--to', '2025-01-31', '--dry-run'],
    ).ended;
    const list = await command('jobs').ended;
    const runs = await number("SELECT count(*) FROM job_runs WHERE job = 'run-backfills'");
    await worker.stop();

    expect(code).toBe(0);
    expect(output).toContain('2025-01-31: ');
    expect(output).not.toContain('2025-02-02: ');
    expect(await sessions()).toBe(0);
    expect(list.output).toMatch(/^job +schedule +waits/);
    expect(list.output).toMatch(/^run-backfills +every 1 s +- +\d{4}-/m);
    expect(runs).toBeGreaterThan(0);
  });

  it('is stopped by Ctrl-C, in good order, and resumed', async () => {
    const first = command('backfill', '--from', FROM, '--to', TO);
    await until('some days are done', async () => (await daysDone()) >= 5);
    first.child.kill('SIGINT');
    const stopped = await first.ended;
    const done = await daysDone();
    const leases = await number('SELECT count(*) FROM job_leases');

    const [resume] = /backfill --resume \d+/.exec(stopped.messages) ?? [];
    const resumed = await command(...(resume ?? '').split(' ')).ended;

    expect(stopped.code).toBe(1);
    expect(stopped.messages).toContain(`${done} of ${DAYS} days`);
    expect(done).toBeLessThan(DAYS);
    expect(leases).toBe(0);
    expect(resumed.messages).toMatch(/^151 of 151 days/);
    expect(resumed.code).toBe(0);
    expect(await sessions()).toBe(SESSIONS);
  });

  it.each([
    ['backfill', 'from'],
    ['backfill --from 2025-01-01', 'to'],
    ['backfill --from 2025-01-02 --to 2025-01-01', 'from: must not be after `to`'],
    ['backfill --from 2025-01-01 --to 2025-01-01 --rollup orders', 'rollups'],
    ['backfill --resume 99', 'There is no backfill 99.'],
    ['backfill --resume 1 --dry-run', '"--resume" stands alone.'],
    ['backfill --dryrun', '--dryrun'],
    ['aggregate --date yesterday', 'date'],
    ['jobs all', '"jobs" takes nothing more.'],
  ])('says what is wrong with "%s", and how it goes', async (words, problem) => {
    const { code, messages } = await command(...words.split(' ')).ended;

    expect(code).toBe(2);
    expect(messages).toContain(problem);
    expect(messages).toContain('Usage:');
    expect(await number('SELECT count(*) FROM backfills')).toBe(0);
  });
});
