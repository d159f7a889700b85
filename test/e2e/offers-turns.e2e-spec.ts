import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { PassThrough, Readable, Writable } from 'node:stream';
import { openDatabase } from '#libs/database';
import { runOffersCommand } from '#libs/offers';
import { migrations } from '../../migrations/index.js';
import { createDatabase } from '../support/postgres.mjs';
import { until } from '../support/until.js';

jest.setTimeout(60_000);

const OFFERS = 100_000;
/** A request waits for several. Pages of 2000, each spelled in one go, made it 13 ms and more. */
const MOST_MS = 10;

let own: Awaited<ReturnType<typeof createDatabase>>;
let open: Awaited<ReturnType<typeof openDatabase>>;

beforeAll(async () => {
  own = await createDatabase();
  open = await openDatabase(own.url, migrations);
  await open.database.query('ALTER TABLE offers SET (autovacuum_enabled = false)');
  await open.database.query(
    `INSERT INTO offers (offer_id, product_id, producer_id)
     SELECT 'offer-' || n, 'product-' || n / 3, 'producer, ' || n % 5000
     FROM generate_series(1, $1::int) AS n`,
    [OFFERS],
  );
});
afterAll(async () => {
  await open.close();
  await own.drop();
});

async function rowsRead(): Promise<number> {
  const rows = await open.database.query<{ read: number }>(
    "SELECT idx_tup_read::int AS read FROM pg_stat_user_indexes WHERE indexrelname = 'offers_pkey'",
  );
  return rows[0]!.read;
}

/** How long the turns of this process are while `work` goes on, in milliseconds. */
async function waitsDuring(work: () => Promise<unknown>): Promise<number[]> {
  const waits: number[] = [];
  let lastMs = performance.now();
  let isOver = false;
  const turn = (): void => {
    const nowMs = performance.now();
    waits.push(nowMs - lastMs);
    lastMs = nowMs;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  isOver = true;
  return waits;
}

/** The turn that half of all requests fall into, or a longer one: a long turn catches more of them. */
function median(turns: readonly number[]): number {
  const total = turns.reduce((sum, ms) => sum + ms, 0);
  let passed = 0;
  return turns.toSorted((a, b) => a - b).find((ms) => (passed += ms) >= total / 2)!;
}

describe('an export of a hundred thousand offers', () => {
  it.each(['csv', 'ndjson'])('in %s lets others have their turn all along', async (format) => {
    let lines = 0;
    const output = new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines += chunk.toString().split('\n').length - 1;
        done();
      },
    });

    const words = ['export', '--format', format];
    const messages = new PassThrough();
    const stop = new AbortController().signal;
    const streams = { input: Readable.from([]), output, messages, stop };
    const waits = await waitsDuring(() => runOffersCommand(open.database, words, streams));

    expect(lines).toBe(OFFERS + (format === 'csv' ? 1 : 0));
    // Not the longest: others use this machine too, and they take their time.
    expect(median(waits)).toBeLessThan(MOST_MS);
  });

  it('reads each of them once, though the database has no statistics of them yet', async () => {
    const reading = await openDatabase(own.url, []);
    const before = await rowsRead();

    await runOffersCommand(reading.database, ['export'], {
      input: Readable.from([]),
      output: new Writable({ write: (_chunk, _encoding, done) => done() }),
      messages: new PassThrough(),
      stop: new AbortController().signal,
    });
    await reading.close(); // which is when a connection tells what it read

    await until('it is told', async () => (await rowsRead()) > before);
    // Other connections may tell of the exports before only now; each page anew were millions.
    expect((await rowsRead()) - before).toBeLessThan(4 * OFFERS);
  });
});
