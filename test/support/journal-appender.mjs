/**
 * Appends events to a journal of the build, several at once, and says `acknowledged <id>` on its
 * output as each append resolves. Arguments: folder, number of events, how many at once.
 */
import { writeSync } from 'node:fs';
import { Journal } from '../../dist/libs/event-log/src/journal/journal.js';

const [directory, events, atOnce] = process.argv.slice(2);
const journal = await Journal.open({ directory, segmentBytes: 65_536, minFreeBytes: 0 });
let next = 0;

async function send() {
  while (next < Number(events)) {
    const eventId = `event-${String(next++).padStart(6, '0')}`;
    const receipt = { requestId: '', receivedAt: 0, ipAddress: null, userAgent: null };
    const event = { eventId };
    await journal.append([{ kind: 'event', contract: 'checkout', event, receipt, offer: null }]);
    writeSync(1, `acknowledged ${eventId}\n`);
  }
}

await Promise.all(Array.from({ length: Number(atOnce) }, send));
await journal.close();
