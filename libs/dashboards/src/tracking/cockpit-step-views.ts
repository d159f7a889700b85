import {
  COCKPIT_STEP_EVENTS,
  COCKPITS,
  type CockpitSteps,
  type CockpitStepsQuestion,
} from '#libs/contracts';
import { Injectable } from '@nestjs/common';
import { dayRangeOf, viewOf } from '../ranges/day-range.js';
import { CockpitStepsRepository } from './cockpit-steps.repository.js';

/** Which steps of the cockpit are come to. */
@Injectable()
export class CockpitStepViews {
  constructor(private readonly steps: CockpitStepsRepository) {}

  /** @throws ContractBreachError for days that are none, or too many. */
  async answer(question: CockpitStepsQuestion, now: Date = new Date()): Promise<CockpitSteps> {
    const range = dayRangeOf(question, now);
    const { cockpit = null, flow = null, limit } = question;
    const eventTypes = (cockpit === null ? COCKPITS : [cockpit]).map(
      (each) => COCKPIT_STEP_EVENTS[each],
    );
    const row = await this.steps.ofDays(range, { eventTypes, flow, most: limit });
    return {
      range: viewOf(range),
      filters: { cockpit, flow },
      asOf: row.asOf.toISOString(),
      newestReceivedAt: row.newestReceivedAt?.toISOString() ?? null,
      views: row.views,
      steps: row.steps.map(({ eventType, ...step }) => ({
        cockpit: COCKPITS.find((each) => COCKPIT_STEP_EVENTS[each] === eventType)!,
        ...step,
      })),
      otherViews: row.views - row.steps.reduce((sum, { views }) => sum + views, 0),
    };
  }
}
