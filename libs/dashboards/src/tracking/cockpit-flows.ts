import {
  type Cockpit,
  COCKPIT_GOALS,
  COCKPIT_STAGES,
  type CockpitFigures,
  type CockpitFlow,
  type CockpitQuestion,
  FLOW_TYPES,
} from '#libs/contracts';
import { Injectable } from '@nestjs/common';
import { percentage } from '../percentage.js';
import { dayRangeOf, viewOf } from '../ranges/day-range.js';
import { daysOf } from '../ranges/utc-days.js';
import { CockpitFlowRepository, type Reached } from './cockpit-flow.repository.js';

const NOBODY: Reached = { sessions: 0, stages: [0, 0, 0, 0, 0], inOrder: [0, 0, 0, 0, 0] };

/** How far creators and buyers come in the cockpit. */
@Injectable()
export class CockpitFlows {
  constructor(private readonly flows: CockpitFlowRepository) {}

  /** @throws ContractBreachError for days that are none, or too many. */
  async answer(
    cockpit: Cockpit,
    question: CockpitQuestion,
    now: Date = new Date(),
  ): Promise<CockpitFlow> {
    const range = dayRangeOf(question, now);
    const { flow = null, productSlug = null } = question;
    const filters = { flow, productSlug };
    const row = await this.flows.ofDays(cockpit, range, filters, question.limit);
    const total = figuresOf(cockpit, row.flows.reduce(sumOf, NOBODY));
    return {
      range: viewOf(range),
      filters,
      asOf: row.asOf.toISOString(),
      newestReceivedAt: row.newestReceivedAt?.toISOString() ?? null,
      total,
      flows: FLOW_TYPES.filter((each) => flow === null || each === flow).map((each) => ({
        flow: each,
        ...figuresOf(cockpit, row.flows.find((found) => found.flow === each) ?? NOBODY),
      })),
      days: daysOf(range).map((day) => {
        const reached = row.days.find((found) => found.day === day) ?? NOBODY;
        const { sessions, conversions } = figuresOf(cockpit, reached);
        return { day, sessions, conversions };
      }),
      products: row.products.map((reached) => ({
        productSlug: reached.productSlug,
        ...figuresOf(cockpit, reached),
      })),
      productsInAll: row.productsInAll,
      sessionsWithoutProduct: total.sessions - row.sessionsWithProduct,
    };
  }
}

const sumOf = (a: Reached, b: Reached): Reached => ({
  sessions: a.sessions + b.sessions,
  stages: a.stages.map((sessions, place) => sessions + b.stages[place]!),
  inOrder: a.inOrder.map((sessions, place) => sessions + b.inOrder[place]!),
});

function figuresOf(cockpit: Cockpit, reached: Reached): CockpitFigures {
  const stages = COCKPIT_STAGES[cockpit];
  const goal = stages.findIndex(({ stage }) => stage === COCKPIT_GOALS[cockpit]);
  const conversions = reached.stages[goal]!;
  return {
    sessions: reached.sessions,
    conversions,
    conversionRate: percentage(conversions, reached.sessions),
    stages: stages.map(({ stage }, place) => {
      const sessionsInOrder = reached.inOrder[place]!;
      const before = reached.inOrder[place - 1] ?? sessionsInOrder;
      return {
        stage,
        sessions: reached.stages[place]!,
        sessionsInOrder,
        dropOff: before - sessionsInOrder,
        dropOffRate: percentage(before - sessionsInOrder, before),
        conversionRate: percentage(sessionsInOrder, reached.inOrder[0]!),
      };
    }),
  };
}
