import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { Client } from 'pg';
import { describeWith } from '../support/needs.js';
import { createDatabase } from '../support/postgres.mjs';
import { FootfallProcess } from '../support/process.js';

jest.setTimeout(300_000);

/** `EXPORTED_EVENTS=1000000` measures a million of them. */
const EVENTS = Number(process.env['EXPORTED_EVENTS'] ?? 100_000);
const MIB = 2 ** 20;
/** Of the whole process, as `npm start` runs it; reached with a hundred thousand events as with a million. */
const MOST_MIB = 200;
/** The file is several times as large: it cannot be held. */
const MOST_GROWTH_MIB = 64;

let own: Awaited<ReturnType<typeof createDatabase>>;
let footfall: FootfallProcess;
let authorization: string;

beforeAll(async () => {
  own = await createDatabase();
  footfall = await FootfallProcess.start({ settings: { DATABASE_URL: own.url } });
  await footfall.ready();
  const key = await readFile(join(footfall.dataDir, 'admin.key'), 'utf8');
  authorization = `Bearer ${key.trim()}`;
  await store(EVENTS);
});
afterAll(async () => {
  await footfall.dispose();
  await own.drop();
});

/** Of the last eight days, each 2 KB wide. */
async function store(events: number): Promise<void> {
  const client = new Client({ connectionString: own.url });
  await client.connect();
  await client.query(
    `INSERT INTO checkout_events (
       event_id, event_timestamp, event_name, event_description, session_id, offer_id, product_id,
       producer_id, email, execution_environment, full_hostname, root_domain, received_at,
       ip_address, user_agent
     )
     SELECT md5(n::text), now() - 8 * n / $1::float8 * interval '1 day', 'checkout_page_view',
       repeat(md5(n::text), 60), 'session-' || n / 10, 'offer-' || n % 500, 'product-' || n % 500,
       'producer-' || n % 50, 'ana@example.com', 'production', 'checkout.example.com',
       'example.com', now(), '203.0.113.7',
       'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
     FROM generate_series(0, $1::int - 1) AS n`,
    [events],
  );
  await client.end();
}

/** Of the process, in MiB, as the kernel counts it. */
async function residentMib(): Promise<number> {
  const status = await readFile(`/proc/${footfall.child.pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)![1]) / 1024;
}

/** Takes the whole file away, and tells how large it was and how much memory it took. */
async function exported(): Promise<{ lines: number; mib: number; peakMib: number }> {
  let [lines, bytes, peakMib] = [0, 0, 0];
  const look = async (): Promise<void> => {
    peakMib = Math.max(peakMib, await residentMib());
  };
  const watching = setInterval(() => void look(), 20);
  const response = await fetch(`${footfall.url}/exports/checkout`, {
    headers: { authorization, 'accept-encoding': 'identity' },
  });
  for await (const chunk of response.body!) {
    for (const byte of chunk) if (byte === 0x0a) lines += 1;
    bytes += chunk.length;
  }
  clearInterval(watching);
  return { lines, mib: bytes / MIB, peakMib };
}

describeWith(process.platform === 'linux', 'memory is read from /proc')('very many events', () => {
  it('go out as one file, whole, in memory that does not grow with it', async () => {
    await exported(); // what a process has that serves at all
    const before = await residentMib();

    const { lines, mib, peakMib } = await exported();

    expect(lines).toBe(EVENTS + 1);
    expect(mib).toBeGreaterThan(3 * MOST_GROWTH_MIB);
    expect(peakMib - before).toBeLessThan(MOST_GROWTH_MIB);
    expect(peakMib).toBeLessThanOrEqual(MOST_MIB);
  });
});
