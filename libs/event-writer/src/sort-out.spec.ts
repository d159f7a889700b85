import { TrackingLog } from '#libs/contracts';
import type { EventRecord } from '#libs/event-log';
import { describe, expect, it } from '@jest/globals';
import { sortOut, type Writers } from './sort-out.js';
import { TrackingWriter } from './tracking.writer.js';

const receipt = { requestId: 'r', receivedAt: 1, ipAddress: null, userAgent: null };
const writers: Writers = new Map([['tracking', new TrackingWriter(new TrackingLog()) as never]]);

describe('sorting a batch out', () => {
  it('sets aside what not even an id can be made of, and spoils nobody', () => {
    const endless = '{"url":1e999}';
    const records: EventRecord[] = [
      {
        kind: 'refusal',
        contract: 'tracking',
        reason: 'breach',
        raw: endless,
        breaches: [],
        receipt,
      },
      { kind: 'event', contract: 'tracking', event: JSON.parse(endless), receipt, offer: null },
    ];

    const { entries, rejected } = sortOut(records, writers, new Map());

    expect(entries.size).toBe(0);
    expect(rejected).toMatchObject([
      { state: 'refused', eventId: null },
      { state: 'rejected', reason: 'not_storable', eventId: null },
    ]);
  });
});
