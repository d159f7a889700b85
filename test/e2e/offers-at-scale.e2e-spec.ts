import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ReadableStream } from 'node:stream/web';
import type { OfferImportReport } from '#libs/contracts';
import { describeWith } from '../support/needs.js';
import { createDatabase } from '../support/postgres.mjs';
import { FootfallProcess } from '../support/process.js';

jest.setTimeout(120_000);

const MIB = 1024;
const OFFERS = 100_000;
/** So many that the file alone, were it held, would exceed what memory may grow by. */
const PASSES = 5;
/** Long names make the file large, and lines few. */
const LONG = 'x'.repeat(180);
/** Every so many lines there is a bad one. */
const BAD_EVERY = 9_000;

let own: Awaited<ReturnType<typeof createDatabase>>;
let footfall: FootfallProcess;
let authorization: string;

beforeAll(async () => {
  own = await createDatabase();
  footfall = await FootfallProcess.start({ settings: { DATABASE_URL: own.url } });
  await footfall.ready();
  const key = await readFile(join(footfall.dataDir, 'admin.key'), 'utf8');
  authorization = `Bearer ${key.trim()}`;
});
afterAll(async () => {
  await footfall.dispose();
  await own.drop();
});

/** Line `n` of a file, the header being the first. */
const lineOf = (n: number): string =>
  n % BAD_EVERY === 0 ? `offer-${n},,\n` : `offer-${n},${LONG}-${n % 500},producer-${n % 500}\n`;

/** Those offers, as often as that, in pieces as a network brings them. */
async function* fileOf(passes: number): AsyncGenerator<Buffer> {
  yield Buffer.from('offerId,productId,producerId\n');
  for (let pass = 0; pass < passes; pass++) {
    for (let n = 2; n <= OFFERS + 1; n += 1000) {
      yield Buffer.from(Array.from({ length: 1000 }, (_, i) => lineOf(n + i)).join(''));
    }
  }
}

/** Of the process, in KiB, as the kernel counts it. */
async function residentKib(): Promise<number> {
  const status = await readFile(`/proc/${footfall.child.pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)![1]);
}

async function importing(passes: number) {
  let peak = 0;
  const look = async (): Promise<void> => {
    peak = Math.max(peak, await residentKib());
  };
  const watching = setInterval(() => void look(), 20);
  const request: RequestInit & { duplex: 'half' } = {
    method: 'POST',
    headers: { authorization, 'content-type': 'text/csv' },
    body: ReadableStream.from(fileOf(passes)),
    duplex: 'half',
  };
  const response = await fetch(`${footfall.url}/offers/import`, request);
  clearInterval(watching);
  return { report: (await response.json()) as OfferImportReport, peak };
}

const isLinux = process.platform === 'linux';

describeWith(isLinux, 'memory is read from /proc')(
  'a hundred thousand offers in one request',
  () => {
    it('go in, in flat memory, and the bad lines are named by their numbers', async () => {
      const before = await residentKib();
      const bad = Array.from(
        { length: Math.floor(OFFERS / BAD_EVERY) },
        (_, i) => (i + 1) * BAD_EVERY,
      );

      const first = await importing(1);
      const again = await importing(PASSES);

      expect(first.report).toMatchObject({
        read: OFFERS,
        created: OFFERS - bad.length,
        rejected: bad.length,
      });
      expect(first.report.badLines.map(({ line }) => line)).toEqual(bad);
      expect(again.report).toMatchObject({
        read: PASSES * OFFERS,
        unchanged: PASSES * (OFFERS - bad.length),
        rejected: PASSES * bad.length,
      });
      // The directory holds the offers too, which is some 25 MiB of it; the file has 20 MiB a pass.
      expect(first.peak - before).toBeLessThan(160 * MIB);
      expect(again.peak - first.peak).toBeLessThan(60 * MIB);
    });

    it('come out again, whole', async () => {
      const response = await fetch(`${footfall.url}/offers/export?format=ndjson`, {
        headers: { authorization },
      });

      const lines = (await response.text()).trimEnd().split('\n');

      expect(lines).toHaveLength(OFFERS - Math.floor(OFFERS / BAD_EVERY));
      expect(new Set(lines).size).toBe(lines.length);
    });
  },
);
