import { randomUUID } from 'node:crypto';
import { Database } from '#libs/database';
import { Injectable } from '@nestjs/common';

const LEASE_MS = 60_000;
const RENEW_EVERY_MS = 20_000;

/** $1 job, $2 this run, $3 how long. Answers a row only to the run that holds the job now. */
const TAKE_LEASE = `
  INSERT INTO job_leases AS held (job, run, until)
  VALUES ($1, $2, now() + $3 * interval '1 millisecond')
  ON CONFLICT (job) DO UPDATE SET run = excluded.run, until = excluded.until
  WHERE held.until < now() OR held.run = excluded.run
  RETURNING run
`;
/** $1 job, $2 this run. */
const RELEASE_LEASE = 'DELETE FROM job_leases WHERE job = $1 AND run = $2';

/** One run's hold on a job. */
class Lease {
  private readonly run = randomUUID();
  private heldUntil = 0;
  private renewing: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly job: string,
    private readonly lost: () => void,
  ) {}

  async take(): Promise<boolean> {
    const askedAt = performance.now();
    const rows = await this.database.query(TAKE_LEASE, [this.job, this.run, LEASE_MS]);
    if (rows.length === 0) return false;
    this.heldUntil = askedAt + LEASE_MS;
    return true;
  }

  /** A database that is away is no loss before the time is up. */
  renew(): void {
    this.renewing = this.take().then(
      (isOurs) => (isOurs ? undefined : this.lost()),
      () => (performance.now() < this.heldUntil ? undefined : this.lost()),
    );
  }

  /** Where that fails the lease ends by itself. */
  async release(): Promise<void> {
    await this.renewing; // it would take the lease again
    await this.database.query(RELEASE_LEASE, [this.job, this.run]).catch(() => undefined);
  }
}

/** Lets one process of the cluster do a thing at a time. */
@Injectable()
export class RunAlone {
  constructor(private readonly database: Database) {}

  /**
   * Returns false, without running `work`, while another run holds the job.
   *
   * A lease row rather than an advisory lock: it works behind any pooler. It is renewed while
   * `work` runs and released at its end; a process that dies gives the job back after a minute.
   * `stop` is aborted where the lease is lost: the database was away for so long.
   */
  async run(
    job: string,
    work: () => Promise<void>,
    stop: AbortController = new AbortController(),
  ): Promise<boolean> {
    const lease = new Lease(this.database, job, () => stop.abort());
    if (!(await lease.take())) return false;
    const renewal = setInterval(() => lease.renew(), RENEW_EVERY_MS);
    try {
      await work();
    } finally {
      clearInterval(renewal);
      await lease.release();
    }
    return true;
  }
}
