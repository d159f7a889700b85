import type { FlowType, TrackingEventType } from '#libs/contracts';
import { Database } from '#libs/database';
import { Injectable } from '@nestjs/common';
import type { DayRange } from '../ranges/day-range.js';
import { COCKPIT_STEPS } from './cockpit-steps.sql.js';

export interface CockpitStepsRow {
  readonly asOf: Date;
  readonly newestReceivedAt: Date | null;
  readonly views: number;
  readonly steps: readonly {
    readonly eventType: TrackingEventType;
    readonly flow: FlowType;
    readonly step: string;
    readonly views: number;
  }[];
}

interface Asked {
  readonly eventTypes: readonly TrackingEventType[];
  readonly flow: FlowType | null;
  readonly most: number;
}

@Injectable()
export class CockpitStepsRepository {
  constructor(private readonly database: Database) {}

  async ofDays({ from, to }: DayRange, asked: Asked): Promise<CockpitStepsRow> {
    const values = [from, to, asked.eventTypes, asked.flow, asked.most];
    const rows = await this.database.query<CockpitStepsRow>(COCKPIT_STEPS, values);
    return rows[0] as CockpitStepsRow;
  }
}
