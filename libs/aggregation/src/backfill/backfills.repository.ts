import type { BackfillState, JobId, JobIdOf } from '#libs/contracts';
import { Database, type Queries } from '#libs/database';
import { textWithin } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import {
  DAY_IS_DONE,
  END_BACKFILL,
  GET_BACKFILL,
  IS_BACKFILL_OPEN,
  LIST_BACKFILL_DAYS,
  LIST_BACKFILLS,
  NOTE_DIFFERENCE,
  NOTE_FAILURE,
  REQUEST_BACKFILL,
  RESUME_BACKFILL,
  STOP_BACKFILL,
  TAKE_BACKFILL,
} from './backfills.sql.js';

const MOST_OF_AN_ERROR = 500;
/** A day that fails so often in a row will fail for ever. */
const MOST_FAILURES = 5;

type RollupId = JobIdOf<'rollup'>;

/** What was asked for. */
export interface WantedBackfill {
  readonly from: string;
  readonly to: string;
  readonly dryRun: boolean;
  /** Null: all that there are. */
  readonly rollups: readonly RollupId[] | null;
}

export interface BackfillRow extends WantedBackfill {
  readonly id: number;
  readonly state: BackfillState;
  readonly isStopping: boolean;
  readonly error: string | null;
  readonly requestedAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly days: number;
  readonly daysDone: number;
  readonly rows: number;
  readonly busyMs: number;
  readonly difference: number;
}

/** Wrong rows by projection and rollup. */
export type Differences = Readonly<Partial<Record<JobId, number>>>;

export interface BackfillDayRow {
  readonly day: string;
  readonly rows: number;
  readonly durationMs: number;
  readonly differences: Differences;
}

/** The backfill that is under way, as whoever runs it sees it. */
export interface TakenBackfill extends Pick<WantedBackfill, 'dryRun' | 'rollups'> {
  readonly id: number;
  readonly isStopping: boolean;
  /** The newest that is not done; null where all are. */
  readonly day: string | null;
}

/** What was asked to be recounted, and how far that is. */
@Injectable()
export class BackfillsRepository {
  constructor(private readonly database: Database) {}

  /** Answers its id. A process with the role `worker` takes it within seconds. */
  async request({ from, to, dryRun, rollups }: WantedBackfill): Promise<number> {
    const values = [from, to, dryRun, rollups];
    const [row] = await this.database.query<{ id: number }>(REQUEST_BACKFILL, values);
    return (row as { id: number }).id;
  }

  async find(id: number): Promise<BackfillRow | null> {
    const [row] = await this.database.query<BackfillRow>(GET_BACKFILL, [id]);
    return row ?? null;
  }

  /** Those with a lesser id than `before`, newest first. */
  list(before: number | null, most: number): Promise<BackfillRow[]> {
    return this.database.query<BackfillRow>(LIST_BACKFILLS, [before, most]);
  }

  daysOf(id: number): Promise<BackfillDayRow[]> {
    return this.database.query<BackfillDayRow>(LIST_BACKFILL_DAYS, [id]);
  }

  /** Does nothing where it has ended. */
  async stop(id: number): Promise<void> {
    await this.database.query(STOP_BACKFILL, [id]);
  }

  /** Does nothing where it is under way, or done. */
  async resume(id: number): Promise<void> {
    await this.database.query(RESUME_BACKFILL, [id]);
  }

  async isOneOpen(): Promise<boolean> {
    return (await this.database.query(IS_BACKFILL_OPEN)).length > 0;
  }

  /** The one that is under way, else the one that waits longest. */
  async take(): Promise<TakenBackfill | null> {
    const [taken] = await this.database.query<TakenBackfill>(TAKE_BACKFILL);
    return taken ?? null;
  }

  async end(id: number, state: 'done' | 'stopped'): Promise<void> {
    await this.database.query(END_BACKFILL, [id, state]);
  }

  async dayIsDone(
    id: number,
    { day, rows, durationMs, differences }: BackfillDayRow,
  ): Promise<void> {
    await this.database.query(DAY_IS_DONE, [
      id,
      day,
      rows,
      Math.round(durationMs),
      JSON.stringify(differences),
    ]);
  }

  /** Answers whether that was one failure too many. */
  async failed(id: number, error: string): Promise<boolean> {
    const said = textWithin(error.replaceAll('\0', ''), MOST_OF_AN_ERROR);
    const values = [id, said, MOST_FAILURES];
    const [row] = await this.database.query<{ isGivenUp: boolean }>(NOTE_FAILURE, values);
    return row?.isGivenUp ?? false;
  }
}

/** In the transaction that mended them. */
export async function noteDifference(
  transaction: Queries,
  id: number,
  difference: { readonly day: string; readonly of: JobId; readonly rows: number },
): Promise<void> {
  const { day, of, rows } = difference;
  await transaction.query(NOTE_DIFFERENCE, [id, day, of, rows]);
}
