import type { RevenueOfDay, TopAsset, TrafficSource } from '#libs/contracts';
import { Database, prepared } from '#libs/database';
import { Injectable } from '@nestjs/common';
import { CREATOR_DASHBOARD, IS_CREATOR_KNOWN } from './creator-dashboard.sql.js';

const MOST_LISTED = 10;

const IS_KNOWN = prepared(IS_CREATOR_KNOWN);
const FACTS = prepared(CREATOR_DASHBOARD);

export interface CreatorFacts {
  readonly asOf: Date;
  readonly newestReceivedAt: Date | null;
  readonly totalViews: number;
  readonly totalLicenses: number;
  readonly totalRevenueCents: number;
  readonly botVisits: number;
  readonly invalidRevenues: number;
  readonly topAssets: readonly TopAsset[];
  readonly sources: readonly TrafficSource[];
  /** Those with events, the first one first. */
  readonly days: readonly RevenueOfDay[];
}

@Injectable()
export class CreatorDashboardRepository {
  constructor(private readonly database: Database) {}

  async isKnown(creatorId: string): Promise<boolean> {
    const rows = await this.database.query<{ isKnown: boolean }>(IS_KNOWN, [creatorId]);
    return rows[0]?.isKnown === true;
  }

  async facts(
    creatorId: string,
    { from, to }: { readonly from: string; readonly to: string },
  ): Promise<CreatorFacts> {
    const asked = [creatorId, from, to, MOST_LISTED];
    const rows = await this.database.query<CreatorFacts>(FACTS, asked);
    return rows[0] as CreatorFacts;
  }
}
