import type { RevenueOfDay } from '#libs/contracts';
import { Database, prepared } from '#libs/database';
import { Injectable } from '@nestjs/common';
import type { DayRange } from '../ranges/day-range.js';
import { PLATFORM_METRICS } from './platform-metrics.sql.js';

const STATEMENT = prepared(PLATFORM_METRICS);

export interface PlatformFacts {
  readonly asOf: Date;
  readonly newestReceivedAt: Date | null;
  readonly users: number;
  readonly signUps: number;
  readonly activeUsers: number;
  readonly creators: number;
  readonly activeCreators: number;
  readonly brands: number;
  readonly activeBrands: number;
  readonly brandRevenueCents: number;
  readonly assets: number;
  readonly uploads: number;
  readonly views: number;
  readonly licenses: number;
  readonly licensesCreated: number;
  readonly licensesRenewed: number;
  readonly licensesExpired: number;
  readonly licensesTerminated: number;
  readonly revenueCents: number;
  /** Of as many days before. */
  readonly previousRevenueCents: number;
  readonly botVisits: number;
  readonly invalidRevenues: number;
  /** Those with events. */
  readonly days: readonly RevenueOfDay[];
}

@Injectable()
export class PlatformMetricsRepository {
  constructor(private readonly database: Database) {}

  async facts({ from, to }: DayRange, previousFrom: string): Promise<PlatformFacts> {
    const asked = [from, to, previousFrom];
    const rows = await this.database.query<PlatformFacts>(STATEMENT, asked);
    return rows[0] as PlatformFacts;
  }
}
