import { Database } from '#libs/database';
import { Inject, Injectable } from '@nestjs/common';
import { type Fold, FOLDS } from '../projections/fold.js';
import { FORGET_BATCHES, FORGET_JOB_RUNS } from './tidy-up.sql.js';

/** Short transactions: nobody waits behind them. */
const AT_ONCE = 5000;

/** Removes notes that nobody needs any more. */
@Injectable()
export class TidyUpRepository {
  constructor(
    private readonly database: Database,
    @Inject(FOLDS) private readonly folds: readonly Fold[],
  ) {}

  /** Some notes of the event writer that every projection has read. Answers how many. */
  async forgetBatches(keptDays: number): Promise<number> {
    const projections = this.folds.map(({ id }) => id);
    const contracts = this.folds.map(({ contract }) => contract);
    const values = [projections, contracts, keptDays, AT_ONCE];
    return (await this.database.query(FORGET_BATCHES, values)).length;
  }

  /** Some old entries of what jobs did. Answers how many. */
  async forgetJobRuns(keptDays: number): Promise<number> {
    return (await this.database.query(FORGET_JOB_RUNS, [keptDays, AT_ONCE])).length;
  }
}
