import { type JobId, JOBS } from '#libs/contracts';
import { Database } from '#libs/database';
import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { AggregationLog } from '../aggregation.log.js';
import { AggregationMetrics } from '../aggregation.metrics.js';
import { type Job, JOB_LIST } from './job.js';
import { JobRunsRepository } from './job-runs.repository.js';
import { RunAlone } from './run-alone.js';
import { Turns } from './turns.js';
import { Work } from './work.js';

/** How often a daily job is asked whether its time has come. */
const DAILY_EVERY_MS = 60_000;
/**
 * A run is followed by a rest so many times as long, so that a busy job leaves room for others. A
 * rollup counts a day as a whole: the larger that has become, the more is saved by waiting for more
 * of it, and the longest rest still leaves figures that are seconds old.
 */
const RESTS = { projection: 1, rollup: 20, upkeep: 1 } as const;
const LONGEST_REST_MS = 5000;
/** Ticks are not exact: one that is a little early need not wait for the next. */
const EARLY_MS = 100;
/** After a failure: twice as long after each, so that freshness comes back soon after an outage. */
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 10_000;

/**
 * Projections and rollups that are looked after at the same time: the event writer and whoever asks
 * want connections too, most of all when everything comes back at once.
 */
const MOST_AT_ONCE = 3;

interface State {
  working: Promise<void> | null;
  /** Not looked at before, in the process's own milliseconds. */
  notBefore: number;
  failures: number;
  error: string | null;
}

/**
 * Starts jobs when their time has come and something is to be done, each in one process of the
 * cluster at a time. A failure is said, noted, and tried again within ten seconds.
 */
@Injectable()
export class Jobs implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly states: ReadonlyMap<JobId, State>;
  private readonly running = new Set<AbortController>();
  private readonly turns = new Turns(MOST_AT_ONCE);
  private isReady = false;

  constructor(
    @Inject(JOB_LIST) private readonly jobs: readonly Job[],
    private readonly database: Database,
    private readonly alone: RunAlone,
    private readonly runs: JobRunsRepository,
    private readonly metrics: AggregationMetrics,
    private readonly log: AggregationLog,
  ) {
    const fresh = { working: null, notBefore: 0, failures: 0, error: null };
    this.states = new Map(jobs.map(({ id }) => [id, { ...fresh }]));
  }

  onApplicationBootstrap(): void {
    void this.database.ready().then(() => (this.isReady = true));
  }

  @Cron(CronExpression.EVERY_SECOND, { timeZone: 'UTC' })
  tick(): void {
    if (!this.isReady) return;
    for (const job of this.jobs) void this.look(job);
  }

  /** What is in hand is finished or rolled back: the pool is open still. */
  async onModuleDestroy(): Promise<void> {
    this.isReady = false;
    for (const stop of this.running) stop.abort();
    await Promise.all([...this.states.values()].flatMap(({ working }) => working ?? []));
  }

  /** Does nothing while the job is at work, or its time has not come. */
  private async look(job: Job): Promise<void> {
    const state = this.states.get(job.id) as State;
    if (state.working !== null || performance.now() < state.notBefore) return;
    const attempt = () => this.attempt(job, state);
    // What takes minutes, once a night or when somebody asks, holds up nobody.
    const isLong = JOBS[job.id].kind === 'upkeep';
    const working = isLong ? attempt() : this.turns.take(attempt);
    state.working = working.finally(() => (state.working = null));
    await state.working;
  }

  private async attempt(job: Job, state: State): Promise<void> {
    if (!this.isReady) return; // stopped while it waited for its turn
    const startedAt = performance.now();
    try {
      const now = new Date();
      if (await job.isDue(now)) await this.runAlone(job, now);
      const { schedule, kind } = JOBS[job.id];
      const everyMs = 'everyMs' in schedule ? schedule.everyMs : DAILY_EVERY_MS;
      const endedAt = performance.now();
      const restMs = Math.min(LONGEST_REST_MS, RESTS[kind] * (endedAt - startedAt));
      state.notBefore = Math.max(startedAt + everyMs - EARLY_MS, endedAt + restMs);
      this.succeeded(job.id, state);
    } catch (error) {
      state.failures += 1;
      const waitMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (state.failures - 1));
      state.notBefore = performance.now() + waitMs;
      this.failed(job.id, state, error);
    }
  }

  private async runAlone(job: Job, now: Date): Promise<void> {
    const stop = new AbortController();
    this.running.add(stop);
    try {
      await this.alone.run(job.id, () => this.run(job, now, stop.signal), stop);
    } finally {
      this.running.delete(stop);
    }
  }

  /** @throws what the job throws, once it is noted. */
  private async run(job: Job, now: Date, stop: AbortSignal): Promise<void> {
    const work = new Work(now, stop);
    try {
      await job.run(work);
    } catch (error) {
      if (stop.aborted) return; // broken off: no failure, and nothing that is done
      await this.note(job.id, work, String(error)).catch(() => undefined); // the first error says more
      throw error;
    }
    await this.note(job.id, work, null);
  }

  private async note(job: JobId, work: Work, error: string | null): Promise<void> {
    const endedAt = new Date();
    const seconds = (+endedAt - +work.now) / 1000;
    this.metrics.ended(job, { seconds, rows: work.rows, failed: error !== null });
    await this.runs.add({ job, startedAt: work.now, endedAt, ...work.done(), error });
  }

  private succeeded(job: JobId, state: State): void {
    if (state.error !== null) this.log.jobResumed(job);
    state.failures = 0;
    state.error = null;
  }

  private failed(job: JobId, state: State, error: unknown): void {
    const said = String(error);
    if (state.error !== said) this.log.jobFailed(job, error);
    state.error = said;
  }
}
