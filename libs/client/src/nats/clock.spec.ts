import { describe, expect, it } from '@jest/globals';
import { Clock, timestampOf, unixSecondsOf } from './clock.js';

const START = Date.UTC(2026, 0, 15, 12);

describe('the clock of events', () => {
  it('never says the same time twice, and always a later one', () => {
    const clock = new Clock();

    const times = Array.from({ length: 10_000 }, () => clock.now());

    expect(times.every((time, at) => at === 0 || time > (times[at - 1] ?? 0))).toBe(true);
    expect(new Set(times.map(timestampOf)).size).toBe(times.length);
  });

  it('says the time of the machine to the millisecond', () => {
    const clock = new Clock();

    const before = Date.now();
    const said = clock.now();
    const after = Date.now();

    expect(Math.floor(said / 1000)).toBeGreaterThanOrEqual(before);
    expect(Math.floor(said / 1000)).toBeLessThanOrEqual(after);
  });

  it('knows microseconds', () => {
    const clock = new Clock(
      () => START + 7,
      () => START + 7.125,
    );

    expect(timestampOf(clock.now())).toBe('2026-01-15T12:00:00.007125Z');
  });

  it('follows a machine that slept, and keeps the microseconds that pass then', () => {
    let wall = START;
    let precise = START + 0.25;
    const clock = new Clock(
      () => wall,
      () => precise,
    );
    clock.now();

    wall += 3_600_000;
    const awake = clock.now();
    precise += 0.5;
    const later = clock.now();

    expect(timestampOf(awake)).toBe('2026-01-15T13:00:00.000000Z');
    expect(timestampOf(later)).toBe('2026-01-15T13:00:00.000500Z');
  });

  it('goes on where the machine’s clock was put back', () => {
    let wall = START;
    const clock = new Clock(
      () => wall,
      () => START,
    );
    const before = clock.now();

    wall -= 60_000;

    expect(clock.now()).toBe(before + 1);
  });

  it('gives a millisecond away once', () => {
    const clock = new Clock(() => START);

    expect([clock.uniqueMillis(), clock.uniqueMillis()]).toEqual([START, START + 1]);
  });

  it('counts whole seconds since 1970', () => {
    expect(unixSecondsOf((START + 999) * 1000 + 999)).toBe(START / 1000);
  });
});
