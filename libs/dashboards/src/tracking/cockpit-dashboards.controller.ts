import {
  COCKPIT_STEPS_EXAMPLE,
  CockpitFlow,
  CockpitQuestion,
  CockpitSteps,
  CockpitStepsQuestion,
  CREATION_FLOW_EXAMPLE,
  PURCHASE_FLOW_EXAMPLE,
} from '#libs/contracts';
import { Allows, ProblemDocument } from '#libs/platform';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiBadRequestResponse, ApiOkResponse, ApiOperation, ApiQuery } from '@nestjs/swagger';
import { CockpitFlows } from './cockpit-flows.js';
import { CockpitStepViews } from './cockpit-step-views.js';
import { COUNTED } from './counted.js';

const FIGURES = 'The figures, with what they are about.';
const BREAKS_RULES = 'The question breaks its rules.';

@Allows('dashboards:read')
@Controller('dashboards/cockpit')
export class CockpitDashboardsController {
  constructor(
    private readonly flows: CockpitFlows,
    private readonly steps: CockpitStepViews,
  ) {}

  @Get('creation-flow')
  @ApiOperation({
    summary: 'How far do creators come who make a product?',
    description:
      'Launch, step, success, enrichment, download: how many sessions came to each stage, how many ' +
      'in that order, and where they were lost; for each flow, day and product. A session is a ' +
      '`cockpitSessinoId` within a flow. Its product is the first that it names, which most do ' +
      'with their success: the figures of one product leave out whoever gave up before.\n\n' +
      'A session is counted on the day of its first event, with all that it came to later.\n\n' +
      COUNTED,
  })
  // The days of the example events.
  @ApiQuery({ name: 'from', required: false, example: '2026-01-01' })
  @ApiQuery({ name: 'to', required: false, example: '2026-01-30' })
  @ApiOkResponse({ type: CockpitFlow, description: FIGURES, example: CREATION_FLOW_EXAMPLE })
  @ApiBadRequestResponse({ type: ProblemDocument, description: BREAKS_RULES })
  creationFlow(@Query() question: CockpitQuestion): Promise<CockpitFlow> {
    return this.flows.answer('creation', question);
  }

  @Get('purchase-flow')
  @ApiOperation({
    summary: 'How far do buyers come in the cockpit?',
    description:
      'Launch, step, payment, purchase, download: how many sessions came to each stage, how many ' +
      'in that order, and where they were lost; for each flow, day and product. A session is a ' +
      '`sessionId` with one product in a flow: two products in one visit are two. `payment` means ' +
      'that a payment was begun. What was bought is what the front end says, and no money is ' +
      'counted by it.\n\n' +
      'A session is counted on the day of its first event, with all that it came to later.\n\n' +
      COUNTED,
  })
  @ApiQuery({ name: 'from', required: false, example: '2026-01-01' })
  @ApiQuery({ name: 'to', required: false, example: '2026-01-30' })
  @ApiOkResponse({ type: CockpitFlow, description: FIGURES, example: PURCHASE_FLOW_EXAMPLE })
  @ApiBadRequestResponse({ type: ProblemDocument, description: BREAKS_RULES })
  purchaseFlow(@Query() question: CockpitQuestion): Promise<CockpitFlow> {
    return this.flows.answer('purchase', question);
  }

  @Get('steps')
  @ApiOperation({
    summary: 'Which steps of the cockpit are come to, and how often?',
    description:
      'Views of each step of creators and buyers, as front ends name them. Front ends may call ' +
      'their steps what they like, so the 200 most frequent of a flow and a day are told apart; ' +
      'the others are counted in `otherViews`.\n\n' +
      COUNTED,
  })
  @ApiQuery({ name: 'from', required: false, example: '2026-01-01' })
  @ApiQuery({ name: 'to', required: false, example: '2026-01-30' })
  @ApiOkResponse({ type: CockpitSteps, description: FIGURES, example: COCKPIT_STEPS_EXAMPLE })
  @ApiBadRequestResponse({ type: ProblemDocument, description: BREAKS_RULES })
  stepViews(@Query() question: CockpitStepsQuestion): Promise<CockpitSteps> {
    return this.steps.answer(question);
  }
}
