import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { AcceptedEvent, EventRecord } from '../event-record.js';
import { bytesOf, mostBytesOf, payloadOf, writePayload } from './payload.js';

const written = (...asked: Parameters<typeof payloadOf>): string => {
  const payload = payloadOf(...asked);
  const into = Buffer.alloc(mostBytesOf(payload));
  return into.toString('utf8', 0, writePayload(payload, into, 0));
};

const texts = fc.string({ unit: 'binary' });
const receipts = fc.record({
  requestId: texts,
  receivedAt: fc.nat(),
  ipAddress: fc.option(texts),
  userAgent: fc.option(texts),
});
const events: fc.Arbitrary<AcceptedEvent> = fc.record(
  {
    kind: fc.constant('event'),
    contract: texts,
    event: fc.dictionary(texts, fc.jsonValue()),
    receipt: receipts,
    offer: fc.option(fc.record({ productId: texts, producerId: texts })),
    added: fc.dictionary(texts, fc.jsonValue()),
  },
  { requiredKeys: ['kind', 'contract', 'event', 'receipt', 'offer'] },
);

describe('what is written of a record', () => {
  it('is the same JSON, with the event’s own bytes in it where these are there', () => {
    fc.assert(
      fc.property(events, (record) => {
        const sent = Buffer.from(` ${JSON.stringify(record.event, null, 2)}\n`);

        expect(JSON.parse(written(record, sent))).toEqual(
          JSON.parse(JSON.stringify(record)) as EventRecord,
        );
        expect(written(record, sent)).toContain(sent.toString());
        expect(written(record, undefined)).toBe(JSON.stringify(record));
      }),
    );
  });

  it('is each record’s own receipt, whichever came before', () => {
    fc.assert(
      fc.property(events, receipts, fc.array(fc.boolean()), (record, receipt, turns) => {
        for (const isOther of turns) {
          const one = isOther ? { ...record, receipt } : record;
          const { receipt: told } = JSON.parse(written(one, Buffer.from('{}'))) as EventRecord;

          expect(told).toEqual(JSON.parse(JSON.stringify(one.receipt)));
        }
      }),
    );
  });

  it('takes as many bytes as are told, and never more than the most', () => {
    fc.assert(
      fc.property(events, fc.boolean(), (record, isSent) => {
        const sent = isSent ? Buffer.from(JSON.stringify(record.event)) : undefined;
        const payload = payloadOf(record, sent);
        const bytes = Buffer.byteLength(written(record, sent));

        expect(bytesOf(payload)).toBe(bytes);
        expect(mostBytesOf(payload)).toBeGreaterThanOrEqual(bytes);
      }),
    );
  });
});
