import type { AssetDayMetrics, ReferrerCount } from '#libs/contracts';
import { Database, prepared } from '#libs/database';
import { Injectable } from '@nestjs/common';
import type { DayRange } from '../ranges/day-range.js';
import { ASSET_METRICS, IS_ASSET_KNOWN } from './asset-metrics.sql.js';

const MOST_REFERRERS = 10;

const IS_KNOWN = prepared(IS_ASSET_KNOWN);
const FACTS = prepared(ASSET_METRICS);

export interface AssetFacts {
  readonly asOf: Date;
  readonly newestReceivedAt: Date | null;
  readonly engagementTime: number;
  readonly uniqueVisitors: number;
  readonly uniqueBots: number;
  readonly invalidRevenues: number;
  readonly referrers: readonly ReferrerCount[];
  /** Those with events. */
  readonly days: readonly AssetDayMetrics[];
}

@Injectable()
export class AssetMetricsRepository {
  constructor(private readonly database: Database) {}

  /** Whether there is such an asset, and it is the creator's where there must be one. */
  async isKnown(assetId: string, creatorId: string | null): Promise<boolean> {
    const rows = await this.database.query<{ isKnown: boolean }>(IS_KNOWN, [assetId, creatorId]);
    return rows[0]?.isKnown === true;
  }

  async facts(assetId: string, { from, to }: DayRange): Promise<AssetFacts> {
    const asked = [assetId, from, to, MOST_REFERRERS];
    const rows = await this.database.query<AssetFacts>(FACTS, asked);
    return rows[0] as AssetFacts;
  }
}
