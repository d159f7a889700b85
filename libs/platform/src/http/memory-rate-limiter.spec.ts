import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { MemoryRateLimiter } from './memory-rate-limiter.js';

const anAllowance = (key = 'sender') => ({ key, most: 3, perSeconds: 60 });
const several = (count: number, key?: string) =>
  Array.from({ length: count }, () => anAllowance(key));

describe('counting in memory', () => {
  let limiter: MemoryRateLimiter;
  beforeEach(() => {
    jest.useFakeTimers();
    limiter = new MemoryRateLimiter();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('lets a sender wait for the end of its window', async () => {
    for (const allowance of several(3)) expect(await limiter.take([allowance])).toBe(0);
    jest.advanceTimersByTime(20_000);

    expect(await limiter.take([anAllowance()])).toBe(40_000);
    jest.advanceTimersByTime(40_000);
    expect(await limiter.take([anAllowance()])).toBe(0);
  });

  it('counts an allowance as often as it is listed', async () => {
    expect(await limiter.take(several(2))).toBe(0);
    expect(await limiter.take(several(2))).toBeGreaterThan(0);
  });

  it('takes all of what is asked for, or nothing', async () => {
    await limiter.take(several(3, 'address'));

    expect(await limiter.take([anAllowance('user'), anAllowance('address')])).toBeGreaterThan(0);
    expect(await limiter.take(several(3, 'user'))).toBe(0);
  });

  it('counts each sender apart', async () => {
    await limiter.take(several(3, 'one'));

    expect(await limiter.take(several(3, 'another'))).toBe(0);
  });
});
