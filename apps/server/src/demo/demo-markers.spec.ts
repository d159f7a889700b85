import { describe, expect, it } from '@jest/globals';
import type { CheckoutEventDto } from '#libs/contracts';
import type { AcceptedEvent } from '#libs/event-log';
import { firstRecord, lastRecord, planIn, type StoredMarker } from './demo-markers.js';

const PLAN = { seed: 7, lastDay: '2026-03-01' };

const stored = ({ event }: AcceptedEvent): StoredMarker => {
  const { eventId, eventDescription = null, timestamp } = event as CheckoutEventDto;
  return { eventId, eventDescription, timestamp: new Date(timestamp) };
};

describe('the marks of a demo', () => {
  it.each([
    ['first', firstRecord(PLAN)],
    ['last', lastRecord(PLAN)],
  ])('name its plan: the %s', (_name, record) => {
    expect(planIn(stored(record))).toEqual(PLAN);
  });

  it.each([
    ['says nothing', { eventDescription: null }],
    ['says something else', { eventDescription: 'Checkout page viewed' }],
    ['says more', { eventDescription: 'Footfall demo, seed 7, 30 days to 2026-03-01!' }],
    ['names no day', { eventDescription: 'Footfall demo, seed 7, 30 days to 2026-13-41' }],
    ['happened at another time', { timestamp: new Date('2026-01-31T00:00:01Z') }],
    ['is of another plan', { eventDescription: 'Footfall demo, seed 7, 30 days to 2026-03-02' }],
  ])('are not mistaken: an event with that id which %s', (_what, fields) => {
    expect(planIn({ ...stored(firstRecord(PLAN)), ...fields })).toBeNull();
  });

  it('stand at both ends of its 30 days', () => {
    const times = [firstRecord(PLAN), lastRecord(PLAN)].map(stored).map((each) => each.timestamp);

    expect(times.map((time) => time.toISOString())).toEqual([
      '2026-01-31T00:00:00.000Z',
      '2026-03-01T23:59:59.999Z',
    ]);
  });
});
