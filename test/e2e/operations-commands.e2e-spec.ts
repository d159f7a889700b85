import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { JobPage, JobView } from '#libs/contracts';
import { aCheckoutEvent } from '../support/checkout-event.js';
import { makeDataDir } from '../support/data-dir.js';
import { describeWith } from '../support/needs.js';
import { freePort } from '../support/postgres.mjs';
import { FootfallProcess, type ProcessOptions } from '../support/process.js';
import { hasShell, ShownCommands } from '../support/shown-commands.js';
import { until } from '../support/until.js';

jest.setTimeout(120_000);

describeWith(hasShell, 'no bash, curl or tar')('the commands of the operator’s page', () => {
  const page = new ShownCommands('docs/operations.md');
  /** Where they are run: nothing of theirs falls into the repository. */
  let folder: string;
  let dataDir: string;
  let running: FootfallProcess | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'footfall-operations-'));
    await chmod(folder, 0o711); // as root, PostgreSQL runs as somebody else, below it
    dataDir = await makeDataDir();
  });
  afterAll(async () => {
    await running?.stop();
    await rm(folder, { recursive: true, force: true });
    await rm(dataDir, { recursive: true, force: true });
  });

  async function start(options: ProcessOptions = {}): Promise<FootfallProcess> {
    running = await FootfallProcess.start({ dataDir, ...options });
    return running;
  }
  async function startWhole(options: ProcessOptions = {}): Promise<FootfallProcess> {
    const footfall = await start(options);
    await footfall.ready();
    return footfall;
  }
  /** What it takes stays in the journal. */
  const startWithoutDatabase = async (): Promise<FootfallProcess> => {
    const url = `postgres://footfall@127.0.0.1:${await freePort()}/footfall`;
    return start({ settings: { DATABASE_URL: url } });
  };
  const post = async (footfall: FootfallProcess): Promise<string> => {
    const event = aCheckoutEvent({ sessionId: 'backup' });
    expect((await footfall.post('/events/checkout', event)).status).toBe(204);
    return event.eventId;
  };
  const stored = async (footfall: FootfallProcess): Promise<string[]> => {
    const answer = await footfall.asAdmin('GET', '/events/checkout?sessionId=backup');
    const { items } = (await answer.json()) as { items: { eventId: string }[] };
    return items.map(({ eventId }) => eventId).toSorted();
  };

  it('ask for health and figures, and make a key', async () => {
    const footfall = await startWhole();

    const health = page.runOne('/livez', footfall);
    const keys = page.runOne('keys create', footfall);
    await footfall.stop();

    expect(health).toContain('footfall_ready 1');
    expect(keys).toMatch(/^ff_[\w-]+$/m);
  });

  it('show what was refused, and send it again once its offer is there', async () => {
    const footfall = await startWhole();
    const event = aCheckoutEvent({ offerId: 'offer-9' });
    expect((await footfall.post('/events/checkout', event)).status).toBe(400);

    await until('it is listed', () => {
      return page.runOne('reason=breach&limit', footfall).includes(event.eventId);
    });
    const counts = page.runOne('/rejected-events/counts', footfall);
    await footfall.asAdmin('PUT', '/offers/offer-9', { productId: 'p', producerId: 'q' });
    await until('it is sent again', () => {
      return (
        (JSON.parse(page.runOne('/rejected-events/retry', footfall)) as { retried: number })
          .retried === 1
      );
    });

    expect(JSON.parse(counts)).toMatchObject({ totals: [{ reason: 'breach', count: 1 }] });
    await until('it is stored', async () => {
      const answer = await footfall.asAdmin('GET', `/events/checkout/${event.eventId}/receipt`);
      return ((await answer.json()) as { state: string }).state === 'stored';
    });
    await footfall.stop();
  });

  it('show the jobs, and what one of them did', async () => {
    const footfall = await startWhole();

    const list = JSON.parse(page.runOne(':3000/jobs -H', footfall)) as JobPage;
    await until('the nightly recount has run', () => {
      const job = JSON.parse(page.runOne('/jobs/nightly-recount', footfall)) as JobView;
      return job.runs.length > 0;
    });
    await footfall.stop();

    expect(list.items.map(({ id }) => id)).toContain('nightly-recount');
  });

  it('remove what was kept for long enough, once they have said what that is', async () => {
    const footfall = await startWhole();

    const said = page.runOne('retention --dry-run', footfall);
    await footfall.stop();

    expect(said.match(/^checkout: from before/gm)).toHaveLength(2);
    expect(said).toMatch(/\d+ rows removed/);
  });

  it('bring back what was stored, what was in the journal, and what came after the backup', async () => {
    const first = await startWhole();
    await first.asAdmin('PUT', '/offers/offer-1', { productId: 'p', producerId: 'q' });
    const ids = [await post(first)];
    await until('it is stored', async () => (await stored(first)).length === 1);
    await first.stop();
    const second = await startWithoutDatabase();
    ids.push(await post(second));
    await second.stop();

    page.runOne('-cpf footfall-backup.tar', second, { folder });
    const third = await startWithoutDatabase();
    ids.push(await post(third));
    await third.stop();
    page.runOne('-xpf footfall-backup.tar', third, { folder });
    page.runOne('restored/journal', third, { folder });
    await rm(dataDir, { recursive: true });
    const restored = await startWhole({ dataDir: join(folder, 'restored') });

    await until('the journals are written', async () => (await stored(restored)).length >= 3);
    expect(await stored(restored)).toEqual(ids.toSorted());
    await restored.stop();
  });

  it('have left neither the backup nor what was restored open to others', async () => {
    const modes = [
      'footfall-backup.tar',
      'restored/admin.key',
      'restored/postgres.password',
      'restored/journal',
      'restored/postgres',
    ].map(async (path) => (await stat(join(folder, path))).mode & 0o077);

    expect(await Promise.all(modes)).toEqual([0, 0, 0, 0, 0]);
  });

  it('were all run', () => {
    expect(page.neverRun).toEqual([]);
  });
});
