import { Database, type Queries } from '#libs/database';
import { Injectable } from '@nestjs/common';
import { AggregationLog } from '../aggregation.log.js';
import { type Batch, firstWithin, groupsOf } from './batch-groups.js';
import type { Fold, Folded } from './fold.js';
import {
  BEGIN_ANEW,
  LOCK_CURSOR,
  MAKE_CURSOR,
  MOVE_CURSOR,
  NEXT_BATCHES,
  PROJECTION_STATE,
  RENUMBER_BATCHES,
} from './projector.sql.js';

/** Of all contracts. */
const MOST_BATCHES = 1000;
/** What a statement folds within a second. */
const MOST_ROWS = 20_000;

/** Projections whose rows are counted by the same rollup note its days, each in its own order. */
const MOST_TRIES = 3;
const isDeadlock = (error: unknown): boolean => (error as { code?: unknown }).code === '40P01';

export interface ProjectionState {
  readonly isBehind: boolean;
  readonly lagSeconds: number;
}

/** What one step changed, and whether more batches wait. */
export interface Step extends Folded {
  readonly more: boolean;
}

/** Follows the event writer: folds each of its batches once, or twice after a crash. */
@Injectable()
export class Projector {
  constructor(
    private readonly database: Database,
    private readonly log: AggregationLog,
  ) {}

  async stateOf({ id }: Fold): Promise<ProjectionState> {
    const [state] = await this.database.query<ProjectionState>(PROJECTION_STATE, [id]);
    return state ?? { isBehind: false, lagSeconds: 0 };
  }

  /** Folds some batches and moves the cursor, in one transaction. */
  async step(fold: Fold): Promise<Step> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.attempt(fold);
      } catch (error) {
        if (!isDeadlock(error) || tries === MOST_TRIES) throw error;
      }
    }
  }

  private attempt(fold: Fold): Promise<Step> {
    return this.database.transaction(async (transaction) => {
      await this.takeTurn(transaction, fold);
      return next(transaction, fold);
    });
  }

  /** Until the end of the transaction nobody else moves the cursor or folds. */
  async takeTurn(transaction: Queries, { id }: Fold): Promise<void> {
    await transaction.query(MAKE_CURSOR, [id]);
    const [cursor] = await transaction.query<{ isOfAnotherLife: boolean }>(LOCK_CURSOR, [id]);
    if (cursor?.isOfAnotherLife !== true) return;
    await transaction.query(RENUMBER_BATCHES);
    await transaction.query(BEGIN_ANEW, [id]);
    this.log.projectionBeganAnew(id);
  }
}

async function next(transaction: Queries, fold: Fold): Promise<Step> {
  const { id, contract, foldBatches, foldNewBatches = foldBatches } = fold;
  const waiting = await transaction.query<Batch>(NEXT_BATCHES, [id, MOST_BATCHES]);
  const batches = firstWithin(waiting, MOST_ROWS);
  const statement = batches[0]?.isRepeat === false ? foldNewBatches : foldBatches;
  let rows = 0;
  const days = new Set<string>();
  for (const { createdAt, from, to } of groupsOf(ofContract(batches, contract))) {
    const [folded] = await transaction.query<Folded>(statement, [createdAt, from, to]);
    rows += folded?.rows ?? 0;
    for (const day of folded?.days ?? []) days.add(day);
  }
  const last = batches.at(-1);
  if (last) await transaction.query(MOVE_CURSOR, [id, last.xid, last.id]);
  const more = batches.length < waiting.length || waiting.length === MOST_BATCHES;
  return { rows, days: [...days], more };
}

const ofContract = (batches: readonly Batch[], contract: string): Batch[] =>
  batches.filter((batch) => batch.contract === contract);
