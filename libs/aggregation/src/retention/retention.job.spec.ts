import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { JobRunsRepository } from '../jobs/job-runs.repository.js';
import { RetentionJob } from './retention.job.js';

describe('the job that lets go of old events', () => {
  const runs = { lastSuccess: jest.fn<JobRunsRepository['lastSuccess']>() };

  beforeEach(() => {
    jest.useFakeTimers({ now: new Date('2026-03-15T12:00:00Z') });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const isDue = (now: string) => new RetentionJob({} as never, runs as never).isDue(new Date(now));

  it.each([
    ['2026-03-15T12:00:01Z', false],
    ['2026-03-16T02:59:59Z', false],
    ['2026-03-16T03:00:00Z', true],
  ])('waits for the night before its very first run: at %s', async (now, due) => {
    runs.lastSuccess.mockResolvedValue(null);

    expect(await isDue(now)).toBe(due);
  });

  it.each([
    ['2026-03-15T03:00:05Z', false],
    ['2026-03-14T03:00:05Z', true],
  ])('makes up for a night that was missed: after a run at %s', async (startedAt, due) => {
    runs.lastSuccess.mockResolvedValue({ startedAt: new Date(startedAt), difference: null });

    expect(await isDue('2026-03-15T12:00:01Z')).toBe(due);
  });
});
