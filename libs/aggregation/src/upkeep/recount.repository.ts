import { Database, type Queries } from '#libs/database';
import { Inject, Injectable } from '@nestjs/common';
import { isFoldedBy } from '../projections/event-source.sql.js';
import { type Fold, type Folded, FOLDS } from '../projections/fold.js';
import { Projector } from '../projections/projector.repository.js';
import { isFinal, isFinalFor } from '../retention/retired-days.js';
import type { Rollup } from '../rollups/rollup.js';
import { recountDay, takeDay } from '../rollups/rollups.repository.js';
import { SORT_IN_MEMORY } from '../rollups/rollups.sql.js';

const DAY_MS = 86_400_000;
/** What a statement recounts in a few seconds. */
const EVENTS_OF_A_SLICE = 200_000;

/**
 * A planner that takes a day for a handful of rows, as it does where a table was just filled, would
 * compare each with each.
 */
const JOIN_BY_HASH = 'SET LOCAL enable_nestloop = off';
const JOIN_AS_PLANNED = 'SET LOCAL enable_nestloop = on';

/** A part of the rows of a day. */
export interface Slice {
  readonly day: string;
  readonly slices: number;
  readonly slice: number;
}

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
    eventsOfASlice?: number,
  ): Promise<number> {
    const folds = this.foldsOf([rollup]);
    let difference = await this.recountRollup(rollup, folds, day);
    for (const fold of folds) {
      const events = (await this.eventsOf([fold], day)).get(fold) ?? 0;
      for (const slice of slicesOf(day, events, eventsOfASlice)) {
        stop.throwIfAborted();
        const mend = (transaction: Queries) => this.mend(transaction, fold, slice);
        difference += await this.database.transaction(mend);
      }
    }
    await this.recountRollup(rollup, folds, day); // what was mended, has touched it
    return difference;
  }

  /** The projections that these are counted from. */
  foldsOf(rollups: readonly Rollup[]): readonly Fold[] {
    const projections = new Set(rollups.flatMap((rollup) => rollup.projections));
    return this.folds.filter(({ id }) => projections.has(id));
  }

  /** How many events that count on the day each of these has folded. */
  async eventsOf(folds: readonly Fold[], day: string): Promise<ReadonlyMap<Fold, number>> {
    const [start, end] = momentsOf(day);
    const counts = new Map<Fold, number>();
    for (const source of new Set(folds.map(({ recount }) => recount.events))) {
      const readers = folds.filter(({ recount }) => recount.events === source);
      const statement = countFolded(readers, source);
      const [row] = await this.database.query<Record<string, number>>(statement, [start, end]);
      for (const fold of readers) counts.set(fold, row?.[fold.id] ?? 0);
    }
    return counts;
  }

  /** Takes the projection's turn, mends a part of a day, and answers how many rows were wrong. */
  async mend(transaction: Queries, fold: Fold, { day, slices, slice }: Slice): Promise<number> {
    const [start, end, after] = momentsOf(day);
    const cut = [slices, slice];
    const { prune, fold: again, mend, foldsEventsAlone } = fold.recount;
    await this.projector.takeTurn(transaction, fold);
    if (await isFinal(transaction, [fold], day)) return 0;
    await transaction.query(`${SORT_IN_MEMORY}; ${JOIN_BY_HASH}`);
    const [first] = await transaction.query<Folded>(mend ?? prune, [start, after, ...cut, end]);
    await transaction.query(JOIN_AS_PLANNED);
    const rows = first?.rows ?? 0;
    if (mend !== undefined) return rows;
    const until = foldsEventsAlone && rows === 0 ? end : after;
    const [folded] = await transaction.query<Folded>(again, [start, until, ...cut]);
    // A row that was wrong is removed, then folded anew; one that was made up is only removed.
    return Math.max(rows, folded?.rows ?? 0);
  }

  /** Until the end of the transaction nobody else folds any of these. */
  async takeTurns(transaction: Queries, folds: readonly Fold[]): Promise<void> {
    for (const fold of folds) await this.projector.takeTurn(transaction, fold);
  }

  /** While nobody folds. */
  private recountRollup(rollup: Rollup, folds: readonly Fold[], day: string): Promise<number> {
    return this.database.transaction(async (transaction) => {
      await this.takeTurns(transaction, folds);
      if (await isFinalFor(transaction, rollup, folds, day)) return 0;
      if (await takeDay(transaction, rollup, day)) await recountDay(transaction, rollup, day);
      return recountDay(transaction, rollup, day);
    });
  }
}

/** How many rows of `source` each of these has folded. */
const countFolded = (folds: readonly Fold[], source: string): string =>
  `SELECT ${folds.map(({ id }) => `count(*) FILTER (WHERE ${isFoldedBy(id)})::float8 AS "${id}"`).join(', ')}
   FROM ${source}`;

/** In so many parts a day that has so many events is to be mended, that each takes seconds. */
export const slicesOf = (
  day: string,
  events: number,
  eventsOfASlice = EVENTS_OF_A_SLICE,
): readonly Slice[] => {
  const slices = Math.max(1, Math.ceil(events / eventsOfASlice));
  return Array.from({ length: slices }, (_, slice) => ({ day, slices, slice }));
};

/** The beginnings of a day, of the next, and of the one after that. */
function momentsOf(day: string): readonly [Date, Date, Date] {
  const start = Date.parse(day);
  return [new Date(start), new Date(start + DAY_MS), new Date(start + 2 * DAY_MS)];
}
