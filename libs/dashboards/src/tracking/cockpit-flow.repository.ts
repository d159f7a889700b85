import type { Cockpit, CockpitFilters, FlowType } from '#libs/contracts';
import { Database } from '#libs/database';
import { Injectable } from '@nestjs/common';
import type { DayRange } from '../ranges/day-range.js';
import { COCKPIT_FLOW } from './cockpit-flow.sql.js';

/** How many sessions came to each stage of a flow, by its place. */
export interface Reached {
  readonly sessions: number;
  readonly stages: readonly number[];
  readonly inOrder: readonly number[];
}

export interface CockpitFlowRow {
  readonly asOf: Date;
  readonly newestReceivedAt: Date | null;
  readonly flows: readonly (Reached & { readonly flow: FlowType })[];
  readonly days: readonly (Reached & { readonly day: string })[];
  readonly products: readonly (Reached & { readonly productSlug: string })[];
  readonly productsInAll: number;
  readonly sessionsWithProduct: number;
}

@Injectable()
export class CockpitFlowRepository {
  constructor(private readonly database: Database) {}

  async ofDays(
    cockpit: Cockpit,
    { from, to }: DayRange,
    { flow, productSlug }: CockpitFilters,
    mostProducts: number,
  ): Promise<CockpitFlowRow> {
    const values = [cockpit, from, to, flow, productSlug, mostProducts];
    const rows = await this.database.query<CockpitFlowRow>(COCKPIT_FLOW, values);
    return rows[0] as CockpitFlowRow;
  }
}
