import type {
  AggregateDailyMetricsDto,
  BackfillDetailView,
  BackfillDto,
  BackfillPage,
  PageQuery,
} from '#libs/contracts';
import { ContractBreachError } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { AggregationLog } from '../aggregation.log.js';
import { checkRange } from './backfill-range.js';
import { dayViewOf, viewOf } from './backfill-view.js';
import { BackfillsRepository } from './backfills.repository.js';

/** Takes wishes for days to be recounted, and tells what became of them. */
@Injectable()
export class Backfills {
  constructor(
    private readonly backfills: BackfillsRepository,
    private readonly log: AggregationLog,
  ) {}

  /** Answers it as it waits. @throws ContractBreachError where the days are none to recount. */
  async request(wanted: BackfillDto, now: Date = new Date()): Promise<BackfillDetailView> {
    checkRange(wanted, now);
    const { from, to } = wanted;
    const dryRun = wanted.dryRun ?? false; // null is absence
    const rollups = wanted.rollups ?? null;
    const id = await this.backfills.request({ from, to, dryRun, rollups });
    this.log.backfillRequested(id, { from, to, dryRun });
    return (await this.find(id)) as BackfillDetailView;
  }

  /** Counts one day of `daily_metrics` again. @throws ContractBreachError */
  aggregateDailyMetrics(
    { date }: AggregateDailyMetricsDto,
    now: Date = new Date(),
  ): Promise<BackfillDetailView> {
    return this.request({ from: date, to: date, rollups: ['daily-metrics'] }, now);
  }

  async find(id: number): Promise<BackfillDetailView | null> {
    const row = await this.backfills.find(id);
    if (row === null) return null;
    return { ...viewOf(row), doneDays: (await this.backfills.daysOf(id)).map(dayViewOf) };
  }

  /** Newest first. @throws ContractBreachError where the cursor is none of ours. */
  async list({ limit, cursor }: PageQuery): Promise<BackfillPage> {
    const rows = await this.backfills.list(beforeOf(cursor), limit + 1);
    const items = rows.slice(0, limit).map(viewOf);
    return { items, nextCursor: rows.length > limit ? String(items.at(-1)?.id) : null };
  }

  /** Answers it as it is then; null where there is none. */
  async stop(id: number): Promise<BackfillDetailView | null> {
    await this.backfills.stop(id);
    return this.find(id);
  }

  /** Answers it as it is then; null where there is none. */
  async resume(id: number): Promise<BackfillDetailView | null> {
    await this.backfills.resume(id);
    return this.find(id);
  }
}

function beforeOf(cursor: string | undefined): number | null {
  if (cursor === undefined) return null;
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw new ContractBreachError([{ field: 'cursor', reason: 'is none that a list answered' }]);
}
