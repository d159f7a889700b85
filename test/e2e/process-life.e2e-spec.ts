import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { text as all } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { openDatabase, runningEmbeddedUrl } from '#libs/database';
import { aCheckoutEvent } from '../support/checkout-event.js';
import { makeDataDir } from '../support/data-dir.js';
import { freePort } from '../support/postgres.mjs';
import { FootfallProcess } from '../support/process.js';
import { until } from '../support/until.js';

jest.setTimeout(120_000);

const CLI = join(import.meta.dirname, '../../dist/apps/server/src/cli.js');

/** With the PostgreSQL that it brings along, as `npm start` on a fresh machine. */
describe('a Footfall that was started with nothing', () => {
  let dataDir: string;
  let running: FootfallProcess[] = [];

  const start = async (): Promise<FootfallProcess> => {
    const footfall = await FootfallProcess.spawn({ dataDir });
    running.push(footfall);
    return footfall;
  };
  const started = async (): Promise<FootfallProcess> => {
    const footfall = await start();
    await footfall.ready();
    return footfall;
  };

  const events = async (footfall: FootfallProcess): Promise<string[]> => {
    const answer = await footfall.asAdmin('GET', '/events/checkout?sessionId=session-1');
    const { items } = (await answer.json()) as { items: { eventId: string }[] };
    return items.map(({ eventId }) => eventId).toSorted();
  };
  /** Answers what is stored, once it is as many as that. */
  const stored = async (footfall: FootfallProcess, count: number): Promise<string[]> => {
    await until('the events are read back', async () => (await events(footfall)).length === count);
    return events(footfall);
  };

  /** Posts an event and answers its id once it was acknowledged. */
  const post = async (footfall: FootfallProcess): Promise<string> => {
    const event = aCheckoutEvent();
    expect((await footfall.post('/events/checkout', event)).status).toBe(204);
    return event.eventId;
  };
  const putOffer = (footfall: FootfallProcess) =>
    footfall.asAdmin('PUT', '/offers/offer-1', { productId: 'p', producerId: 'q' });

  beforeEach(async () => {
    dataDir = await makeDataDir();
  });
  afterEach(async () => {
    for (const footfall of running) await footfall.stop();
    running = [];
    await rm(dataDir, { recursive: true, force: true });
  });

  it('prints its key once, keeps it for its owner alone, and knows it at the next start', async () => {
    const first = await started();
    const key = (await readFile(join(dataDir, 'admin.key'), 'utf8')).trim();
    expect(first.stderr).toContain(key);
    expect((await stat(join(dataDir, 'admin.key'))).mode & 0o777).toBe(0o600);
    expect(await first.stop()).toBe(0);

    const second = await started();

    expect(second.stderr).not.toContain(key);
    expect((await second.asAdmin('GET', '/offers')).status).toBe(200);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends in order at %s and keeps its data',
    async (signal) => {
      const first = await started();
      await putOffer(first);
      const id = await post(first);

      first.signal(signal);
      expect(await first.exited).toBe(0);
      const second = await started();

      expect(await stored(second, 1)).toEqual([id]);
    },
  );

  it('ends at once at a second signal, and the next start finds its database', async () => {
    const footfall = await FootfallProcess.spawn({
      dataDir,
      settings: { SHUTDOWN_GRACE_MS: '60000' },
    });
    running.push(footfall);
    await footfall.ready();

    footfall.signal('SIGTERM');
    await until('readiness is red', async () => {
      return (await fetch(`${footfall.url}/readyz`)).status === 503;
    });
    footfall.signal('SIGTERM');

    expect(await footfall.exited).toBe(1);
    expect((await started()).stdout).toContain('"adopted":true');
  });

  it.each([
    ['npm, which started it, is', 1],
    ['npm, which started it, and all of its group are', -1],
  ] as const)('ends in order when %s told to end', async (_, whom) => {
    const port = await freePort();
    const npm = spawn('npm', ['start'], {
      detached: true, // a group of its own
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, DATABASE_URL: '', DATA_DIR: dataDir, PORT: `${port}` },
    });
    let output = '';
    npm.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    await until('it is ready', () => output.includes('"DATABASE_READY"'), 60_000);

    process.kill(whom * npm.pid!, 'SIGTERM');

    await until('it has stopped', () => output.includes('"STOPPED"'));
    await expect(fetch(`http://127.0.0.1:${port}/livez`)).rejects.toThrow('fetch failed');
  });

  it('goes on where a killed process left off, its database being alive', async () => {
    const first = await started();
    await putOffer(first);
    const id = await post(first);

    await first.kill9();
    const second = await started();
    const another = await post(second);

    expect(await stored(second, 2)).toEqual([id, another].toSorted());
    expect(second.stdout).toContain('"adopted":true');
  });

  it('goes on where a killed process group left off', async () => {
    const first = await started();
    await putOffer(first);
    const id = await post(first);

    await first.killGroup();
    const second = await started();
    const another = await post(second);

    expect(await stored(second, 2)).toEqual([id, another].toSorted());
  });

  it('starts again at once, before the killed one is cleared away', async () => {
    const first = await started();
    first.child.kill('SIGKILL');

    const second = await started();

    expect((await fetch(`${second.url}/readyz`)).status).toBe(200);
  });

  it('does not start beside a running one, says why, and leaves it alone', async () => {
    const first = await started();

    const second = await start();

    expect(await second.exited).toBe(1);
    expect(second.stderr).toContain(`process ${first.child.pid}`);
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
  });

  it('does not start where it has no PostgreSQL to bring along, and says what to do', async () => {
    const elsewhere = `Object.defineProperty(process,'arch',{value:'pdp11'})`;
    const footfall = await FootfallProcess.spawn({
      dataDir,
      settings: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(elsewhere)}` },
    });

    expect(await footfall.exited).toBe(1);
    expect(footfall.stderr).toMatch(/no embedded PostgreSQL for \w+-pdp11.*Set DATABASE_URL/);
  });

  it('says that its port is taken, and leaves nothing behind', async () => {
    const first = await started();
    const otherDir = await makeDataDir();
    const second = await FootfallProcess.spawn({ dataDir: otherDir, port: first.port });

    expect(await second.exited).toBe(1);
    expect(second.stderr).toContain(`${first.port}`);
    expect(await readdir(join(otherDir, 'journal'))).toEqual([]);
    await rm(otherDir, { recursive: true, force: true });
  });

  it('lends its PostgreSQL to a command, which answers and says nothing else', async () => {
    await (await started()).stop();
    const command = spawn(process.execPath, [CLI, 'keys', 'create', '--admin'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { PATH: process.env['PATH'], DATA_DIR: dataDir },
    });
    const output = await all(command.stdout);
    expect(output).toMatch(/^Key [\da-f-]{36} \(admin\), shown this once:\nff_[\w-]+\n$/);

    const footfall = await started();
    const key = output.trim().split('\n').at(-1);
    const offers = await fetch(`${footfall.url}/offers`, {
      headers: { authorization: `Bearer ${key}` },
    });

    expect(offers.status).toBe(200);
  });

  it.each([
    ['keys', 'list'],
    ['offers', 'export'],
    ['catalog', 'import', 'users', '-'],
  ])('makes no database for a command in a folder that has none: %s %s', async (...words) => {
    const mistyped = join(dataDir, 'mistyped');

    const command = spawn(process.execPath, [CLI, ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], DATA_DIR: mistyped },
    });
    const exited = once(command, 'exit');
    const said = await Promise.all([all(command.stdout), all(command.stderr)]);

    expect(said).toEqual(['', expect.stringContaining(`There is no database in ${mistyped}.`)]);
    expect(await exited).toEqual([1, null]);
    expect(await readdir(dataDir)).toEqual([]);
  });

  it('serves as many connections as its pool may open', async () => {
    const footfall = await FootfallProcess.spawn({
      dataDir,
      settings: { DATABASE_POOL_SIZE: '90' },
    });
    running.push(footfall);
    await footfall.ready();

    const url = (await runningEmbeddedUrl(dataDir)) ?? '';
    const { database, close } = await openDatabase(url, []);
    const [setting] = await database.query<{ max_connections: string }>('SHOW max_connections');
    await close();

    expect(Number(setting?.max_connections)).toBeGreaterThan(90);
  });

  it('says what is wrong with its settings, all at once', async () => {
    const footfall = await FootfallProcess.spawn({
      dataDir,
      settings: { LOG_LEVEL: 'loud', TRUST_PROXY: 'all' },
    });

    expect(await footfall.exited).toBe(1);
    expect(footfall.stderr).toMatch(/LOG_LEVEL/);
    expect(footfall.stderr).toMatch(/TRUST_PROXY/);
  });

  it('answers questions and takes nothing as dashboards alone, and calls none of that a fault', async () => {
    const settings = { ROLES: 'dashboards' };
    const footfall = await FootfallProcess.spawn({ dataDir, settings });
    running.push(footfall);
    await footfall.ready();

    expect((await footfall.asAdmin('GET', '/events/checkout')).status).toBe(200);
    expect((await footfall.post('/events/checkout', aCheckoutEvent())).status).toBe(404);
    await footfall.stop();

    expect(footfall.stdout).toContain('"STOPPED"');
    expect(footfall.stdout).not.toContain('"level":"error"');
  });

  it('writes nothing but JSON objects to its standard output', async () => {
    const footfall = await started();
    await footfall.post('/events/checkout', { nonsense: 'a\nb' });
    await footfall.stop();

    const lines = footfall.stdout.trimEnd().split('\n');

    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) expect(JSON.parse(line)).toEqual(expect.any(Object));
  });
});
