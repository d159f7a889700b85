import { Database, type Queries } from '#libs/database';
import { Inject, Injectable } from '@nestjs/common';
import { type Fold, type Folded, FOLDS } from '../projections/fold.js';
import { Projector } from '../projections/projector.repository.js';
import type { Rollup } from '../rollups/rollup.js';
import { recountDay, takeDay } from '../rollups/rollups.repository.js';

const DAY_MS = 86_400_000;
/** What a statement recounts in a few seconds. */
const EVENTS_OF_A_SLICE = 200_000;

/** Recounts a day of a rollup from its raw events, and compares. */
@Injectable()
export class RecountRepository {
  constructor(
    private readonly database: Database,
    private readonly projector: Projector,
    @Inject(FOLDS) private readonly folds: readonly Fold[],
  ) {}

  /**
   * How many rows of the rollup were not what the projections say, and, at least, how many rows of
   * those not what the events make of them; now all are. What waits to be folded or counted by the
   * jobs whose task that is, is no difference.
   *
   * @throws when `stop` is aborted before the end: what is mended by then, is mended.
   */
  async recount(
    rollup: Rollup,
    day: string,
    stop: AbortSignal,
    eventsOfASlice = EVENTS_OF_A_SLICE,
  ): Promise<number> {
    const folds = this.folds.filter(({ id }) => rollup.projections.includes(id));
    let difference = await this.recountRollup(rollup, folds, day);
    for (const fold of folds) {
      const slices = Math.max(1, Math.ceil((await this.eventsOf(fold, day)) / eventsOfASlice));
      for (let slice = 0; slice < slices; slice += 1) {
        stop.throwIfAborted();
        difference += await this.mend(fold, day, slices, slice);
      }
    }
    await this.recountRollup(rollup, folds, day); // what was mended, has touched it
    return difference;
  }

  /** While nobody folds. */
  private recountRollup(rollup: Rollup, folds: readonly Fold[], day: string): Promise<number> {
    return this.database.transaction(async (transaction) => {
      for (const fold of folds) await this.projector.takeTurn(transaction, fold);
      if (await takeDay(transaction, rollup, day)) await recountDay(transaction, rollup, day);
      return recountDay(transaction, rollup, day);
    });
  }

  private async eventsOf({ recount }: Fold, day: string): Promise<number> {
    const [start, , after] = momentsOf(day);
    const [row] = await this.database.query<{ events: number }>(recount.events, [start, after]);
    return row?.events ?? 0;
  }

  private mend(fold: Fold, day: string, slices: number, slice: number): Promise<number> {
    const [start, end, after] = momentsOf(day);
    const bounds = [start, after, slices, slice];
    return this.database.transaction(async (transaction: Queries) => {
      await this.projector.takeTurn(transaction, fold);
      const { prune, fold: again } = fold.recount;
      const [pruned] = await transaction.query<{ rows: number }>(prune, [...bounds, end]);
      const [folded] = await transaction.query<Folded>(again, bounds);
      // A row that was wrong is removed, then folded anew; one that was made up is only removed.
      return Math.max(pruned?.rows ?? 0, folded?.rows ?? 0);
    });
  }
}

/** The beginnings of a day, of the next, and of the one after that. */
const momentsOf = (day: string): readonly Date[] =>
  [0, 1, 2].map((days) => new Date(Date.parse(day) + days * DAY_MS));
