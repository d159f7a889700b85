import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

/** What projections note beside their rows. */
const NOTES = [
  'asset_figures_daily',
  'order_facts',
  'long_visits',
  'returning_visits',
  'touched_assets',
  'touched_days',
];

/**
 * The statements of a recount with nothing around them: of each day every projection folded whole,
 * then every rollup counted, one statement each.
 */
export class BareRecount {
  #db;
  #folds;
  #rollups;

  static async over(db) {
    const { FOLD_LIST, ROLLUP_LIST } = await import('../dist/libs/aggregation/src/index.js');
    return new BareRecount(db, FOLD_LIST, ROLLUP_LIST);
  }

  constructor(db, folds, rollups) {
    this.#db = db;
    this.#folds = folds;
    this.#rollups = rollups;
  }

  /** Answers how long it took, in seconds. Footfall's own jobs count nothing of it meanwhile. */
  async run(days) {
    const run = randomUUID();
    const jobs = this.#rollups.map(({ id }) => id);
    await this.#holdJobs(jobs, run);
    try {
      return await this.#recount(days);
    } finally {
      await this.#db.query('TRUNCATE touched_days');
      await this.#db.query('DELETE FROM job_leases WHERE job = ANY ($1) AND run = $2', [jobs, run]);
    }
  }

  /** Once nobody runs them. */
  async #holdJobs(jobs, run) {
    for (const job of jobs) {
      const held = () =>
        this.#db.query(
          `INSERT INTO job_leases (job, run, until) VALUES ($1, $2, now() + interval '1 hour')
           ON CONFLICT (job) DO NOTHING`,
          [job, run],
        );
      while ((await held()).rowCount === 0) await pause(50);
    }
  }

  async #recount(days) {
    const startedMs = performance.now();
    await this.#db.query("SET work_mem = '64MB'");
    for (const day of days) {
      const [start, end] = [0, 1].map((more) => new Date(Date.parse(day) + more * 86_400_000));
      for (const { recount } of this.#folds) {
        await this.#db.query(recount.fold, [start, end, 1, 0]);
      }
      for (const { recountDay } of this.#rollups) await this.#db.query(recountDay, [day]);
    }
    await this.#db.query('RESET work_mem');
    return (performance.now() - startedMs) / 1000;
  }

  /** Nothing is folded or counted. */
  async empty() {
    const tables = [...this.#folds, ...this.#rollups].map(({ id }) => id.replaceAll('-', '_'));
    const truncate = () => this.#db.query(`TRUNCATE ${[...tables, ...NOTES].join(', ')}`);
    // Jobs look at these tables at every tick, each in an order of its own.
    for (let tries = 1; ; tries++) {
      try {
        await truncate();
        return;
      } catch (error) {
        if (error.code !== '40P01' || tries === 10) throw error;
      }
    }
  }
}
