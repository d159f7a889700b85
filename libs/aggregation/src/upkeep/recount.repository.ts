import { Database, type Queries } from '#libs/database';
import { Inject, Injectable } from '@nestjs/common';
import { type Fold, type Folded, FOLDS } from '../projections/fold.js';
import { Projector } from '../projections/projector.repository.js';
import type { Rollup } from '../rollups/rollup.js';
import { recountDay, takeDay } from '../rollups/rollups.repository.js';

const DAY_MS = 86_400_000;

/** Recounts a day of a rollup from its raw events, and compares. */
@Injectable()
export class RecountRepository {
  constructor(
    private readonly database: Database,
    private readonly projector: Projector,
    @Inject(FOLDS) private readonly folds: readonly Fold[],
  ) {}

  /**
   * How many rows of projections and of the rollup, at least, were not what the events make of
   * them; now they are. In one transaction, during which nobody else folds: events that were not
   * folded yet are no difference.
   */
  recount(rollup: Rollup, day: string): Promise<number> {
    const folds = this.folds.filter(({ id }) => rollup.projections.includes(id));
    return this.database.transaction(async (transaction) => {
      for (const fold of folds) await this.projector.takeTurn(transaction, fold);
      // What waits to be counted by the rollup's own job is no difference either.
      if (await takeDay(transaction, rollup, day)) await recountDay(transaction, rollup, day);
      let difference = 0;
      for (const fold of folds) difference += await mend(transaction, fold, day);
      await takeDay(transaction, rollup, day); // touched by what was just mended
      return difference + (await recountDay(transaction, rollup, day));
    });
  }
}

async function mend(transaction: Queries, { recount }: Fold, day: string): Promise<number> {
  const [start, end, after] = [0, 1, 2].map((days) => new Date(Date.parse(day) + days * DAY_MS));
  const [pruned] = await transaction.query<{ rows: number }>(recount.prune, [start, after, end]);
  const [folded] = await transaction.query<Folded>(recount.fold, [start, after]);
  // A row that was wrong is removed, then folded anew; one that was made up is only removed.
  return Math.max(pruned?.rows ?? 0, folded?.rows ?? 0);
}
