import { Database, type Queries } from '#libs/database';
import { Inject, Injectable } from '@nestjs/common';
import { type Fold, FOLDS } from '../projections/fold.js';
import { HOLD_CURSOR, MAKE_CURSOR } from '../projections/projector.sql.js';
import { isFinalFor } from '../retention/retired-days.js';
import type { Recounted, Rollup } from './rollup.js';
import { IS_BUSY, ROLLUP_STATE, SORT_IN_MEMORY, TAKE_DAY, TOUCHED_DAYS } from './rollups.sql.js';

/** Days that are looked up at once. */
const MOST_DAYS = 100;

export interface RollupState {
  readonly isBehind: boolean;
  readonly lagSeconds: number;
}

/** Recounts days of rollups. */
@Injectable()
export class RollupsRepository {
  constructor(
    private readonly database: Database,
    @Inject(FOLDS) private readonly folds: readonly Fold[],
  ) {}

  /** `atLeisure`: also looks for days whose figures hold already what touched them. */
  async stateOf({ id }: Rollup, atLeisure = true): Promise<RollupState> {
    const [state] = await this.database.query<RollupState>(ROLLUP_STATE, [id, atLeisure]);
    return state ?? { isBehind: false, lagSeconds: 0 };
  }

  /** Whether so many events are being stored that what can wait had better do so. */
  async isBusy(): Promise<boolean> {
    const [{ isBusy } = { isBusy: false }] = await this.database.query<{ isBusy: boolean }>(
      IS_BUSY,
    );
    return isBusy;
  }

  /** Some of the days that wait to be recounted, the newest first. */
  async touchedDays({ id }: Rollup, atLeisure = true): Promise<string[]> {
    const asked = [id, MOST_DAYS, atLeisure];
    const rows = await this.database.query<{ day: string }>(TOUCHED_DAYS, asked);
    return rows.map(({ day }) => day);
  }

  /**
   * In one transaction, with the note that the day has to be recounted. Answers the rows changed:
   * none of a day that is final.
   */
  recount(rollup: Rollup, day: string): Promise<number> {
    const folds = this.folds.filter(({ id }) => rollup.projections.includes(id));
    return this.database.transaction(async (transaction) => {
      await takeDay(transaction, rollup, day);
      if (await isFinalFor(transaction, rollup, folds, day)) return 0;
      return recountDay(transaction, rollup, day);
    });
  }

  /** The same for a day that was touched: where the rollup can, of what was touched only. */
  recountTouched(rollup: Rollup, day: string): Promise<number> {
    const { recountTouched = rollup.recountDay } = rollup;
    return this.recount({ ...rollup, recountDay: recountTouched }, day);
  }
}

/** Whether the day waited to be recounted. Whoever takes it must do so in the same transaction. */
export async function takeDay(
  transaction: Queries,
  { id, looksUpDays = [] }: Rollup,
  day: string,
): Promise<boolean> {
  for (const projection of looksUpDays) {
    await transaction.query(MAKE_CURSOR, [projection]);
    await transaction.query(HOLD_CURSOR, [projection]);
  }
  return (await transaction.query(TAKE_DAY, [id, day])).length > 0;
}

/** Answers the rows that were not so already. */
export async function recountDay(
  transaction: Queries,
  { recountDay: statement }: Rollup,
  day: string,
): Promise<number> {
  await transaction.query(SORT_IN_MEMORY);
  const [recounted] = await transaction.query<Recounted>(statement, [day]);
  return recounted?.changed ?? 0;
}
