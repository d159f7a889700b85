import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Pauses } from './pauses.js';

describe('pauses between tries', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const watched = (pause: Promise<void>): { over: boolean } => {
    const state = { over: false };
    void pause.then(() => (state.over = true));
    return state;
  };

  it('end when their time is up', async () => {
    const pause = watched(new Pauses().wait(1000, 0));

    await jest.advanceTimersByTimeAsync(999);
    const before = pause.over;
    await jest.advanceTimersByTimeAsync(1);

    expect([before, pause.over]).toEqual([false, true]);
  });

  it('end at once in a hurry, except what was asked for', async () => {
    const pauses = new Pauses();
    const free = watched(pauses.wait(60_000, 0));
    const asked = watched(pauses.wait(60_000, 5000));

    pauses.hurry();
    await jest.advanceTimersByTimeAsync(4000);
    const early = [free.over, asked.over];
    await jest.advanceTimersByTimeAsync(1000);

    expect(early).toEqual([true, false]);
    expect(asked.over).toBe(true);
  });

  it('end all when nothing is tried any more', async () => {
    const pauses = new Pauses();
    const asked = watched(pauses.wait(60_000, 60_000));

    pauses.end();
    await jest.advanceTimersByTimeAsync(0);

    expect(asked.over).toBe(true);
  });
});
