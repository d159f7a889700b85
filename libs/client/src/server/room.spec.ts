import { describe, expect, it } from '@jest/globals';
import { FootfallError } from './footfall-error.js';
import { type Patience, Room } from './room.js';

const patience = (overrides: Partial<Patience> = {}): Patience => ({
  event: { event: 'a' },
  trouble: () => undefined,
  ...overrides,
});

describe('room for events', () => {
  it('is given at once while there is any', () => {
    const room = new Room(2, 1000);

    expect([room.enter(patience()), room.enter(patience())]).toEqual([undefined, undefined]);
  });

  it('is passed on to those who wait, first come, first served', async () => {
    const room = new Room(1, 10_000);
    const order: string[] = [];
    await room.enter(patience());
    const first = room.enter(patience())?.then(() => order.push('first'));
    const second = room.enter(patience())?.then(() => order.push('second'));

    room.leave();
    await first;
    room.leave();
    await second;

    expect(order).toEqual(['first', 'second']);
  });

  it('is refused after a while, with what troubles', async () => {
    const room = new Room(1, 5);
    const trouble = new Error('ECONNREFUSED');
    await room.enter(patience());

    const late = room.enter(patience({ trouble: () => trouble }));

    await expect(late).rejects.toMatchObject({
      code: 'queue_full',
      cause: trouble,
      event: { event: 'a' },
    });
  });

  it('is not kept for whoever stopped waiting', async () => {
    const room = new Room(1, 10_000);
    const impatient = new AbortController();
    await room.enter(patience());
    const aborted = room.enter(patience({ signal: impatient.signal }));
    const patient = room.enter(patience());

    impatient.abort();
    room.leave();

    await expect(aborted).rejects.toMatchObject({ code: 'aborted' });
    await expect(patient).resolves.toBeUndefined();
  });

  it('can be closed to all who wait', async () => {
    const room = new Room(1, 10_000);
    await room.enter(patience());
    const waiting = room.enter(patience());

    room.refuseAll((event) => new FootfallError('undelivered', 'too late', { event }));

    await expect(waiting).rejects.toMatchObject({ code: 'undelivered', event: { event: 'a' } });
  });
});
