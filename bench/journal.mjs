/**
 * What an append costs: CPU microseconds and latency at 64 appends in flight, with a consumer
 * that keeps up. `npm run build`, then `node bench/journal.mjs [events]`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

const { Journal } = await import('../dist/libs/event-log/src/index.js');

const IN_FLIGHT = 64;
const total = Number(process.argv[2] ?? 100_000);
// Below the working directory: a temporary folder is often in memory, where syncs cost nothing.
const directory = await mkdtemp(join(process.cwd(), '.bench-journal-'));

let sequence = 0;
const record = () => ({
  kind: 'event',
  contract: 'checkout',
  event: {
    eventId: `3f1c7a52-8d0e-4b6f-9c1d-${String(++sequence).padStart(12, '0')}`,
    eventName: 'checkout_page_view',
    sessionId: 'session-0f3b1c52a7',
    offerId: 'offer-17',
    timestamp: 1_700_000_000_000 + sequence,
    email: 'someone@example.org',
    step: 'payment',
    metadata: { page: 'https://shop.example.org/checkout?step=2', locale: 'en-GB', amount: 12_900 },
  },
  receipt: {
    requestId: `request-${sequence}`,
    receivedAt: Date.now(),
    ipAddress: '203.0.113.7',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)',
  },
  offer: { productId: 'product-1', producerId: 'producer-1' },
});

async function run(events) {
  const journal = await Journal.open({ directory });
  const stop = new AbortController();
  const batches = [];
  const consuming = journal.consume(async (batch) => {
    batches.push(batch.length);
  }, stop.signal);

  const waits = [];
  let left = events;
  const sender = async () => {
    while (left-- > 0) {
      const start = performance.now();
      await journal.append([record()]);
      waits.push(performance.now() - start);
    }
  };
  const cpu = process.cpuUsage();
  const start = performance.now();
  await Promise.all(Array.from({ length: IN_FLIGHT }, sender));
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);

  while (journal.state().records > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  stop.abort();
  await consuming;
  await journal.close();
  waits.sort((a, b) => a - b);
  return {
    'events/s': Math.round(events / seconds),
    'CPU µs an event': Number(((user + system) / events).toFixed(1)),
    'p50 ms': Number(waits[events >> 1].toFixed(2)),
    'p99 ms': Number(waits[Math.floor(events * 0.99)].toFixed(2)),
    'records a batch': Math.round(events / batches.length),
  };
}

try {
  await run(5000);
  const rounds = [];
  for (let round = 0; round < 3; round++) rounds.push(await run(total));
  console.table(rounds);
} finally {
  await rm(directory, { recursive: true });
}
