import {
  AggregateDailyMetricsDto,
  BACKFILL_EXAMPLE,
  BackfillDetailView,
  BackfillDto,
  BackfillPage,
  BackfillPath,
  PageQuery,
} from '#libs/contracts';
import { Allows, ProblemDocument } from '#libs/platform';
import {
  Body,
  Controller,
  Get,
  HttpCode,
  NotFoundException,
  Param,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBadRequestResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiPayloadTooLargeResponse,
  ApiUnsupportedMediaTypeResponse,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { Backfills } from './backfills.js';

const PROBLEM = { type: ProblemDocument };
const NO_BACKFILL = 'There is no such backfill.';
const ACCEPTED = {
  type: BackfillDetailView,
  description: 'It waits for its turn. `Location` is where it can be looked at.',
  headers: { Location: { description: 'Its path.', schema: { type: 'string' } } },
};
const SHOWN = { type: BackfillDetailView, example: BACKFILL_EXAMPLE };

/** What is asked for here stands in a table, from which a worker takes it. */
@ApiBadRequestResponse({ ...PROBLEM, description: 'The request breaks its rules.' })
@Allows('admin')
@Controller('jobs')
export class BackfillsController {
  constructor(private readonly backfills: Backfills) {}

  @Post('backfill')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Recount days from their raw events',
    description:
      'Both days included, the newest first, one backfill at a time: another one waits. Each day ' +
      'of the projections is compared with its raw events and mended, then its figures are counted ' +
      'again. What was right stays untouched, so that to ask twice is harmless; new events are ' +
      'folded meanwhile. Of a day without raw events nothing is changed: those that retention took ' +
      'cannot be counted again. Needs a process with the role `worker`; when that one dies, ' +
      'another goes on within a minute with the day that was in hand.',
  })
  @ApiAcceptedResponse(ACCEPTED)
  @ApiPayloadTooLargeResponse({ ...PROBLEM, description: 'The body is too large.' })
  @ApiUnsupportedMediaTypeResponse({ ...PROBLEM, description: 'The body is no JSON in UTF-8.' })
  async request(
    @Body() wanted: BackfillDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BackfillDetailView> {
    return located(await this.backfills.request(wanted), response);
  }

  @Post('aggregate-daily-metrics')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Count one day of `daily_metrics` again',
    description:
      'A backfill of one day and of the rollup `daily-metrics` with what it is counted from. It ' +
      'is rarely needed: a day on which something changes is counted again within seconds.',
  })
  @ApiAcceptedResponse(ACCEPTED)
  @ApiPayloadTooLargeResponse({ ...PROBLEM, description: 'The body is too large.' })
  @ApiUnsupportedMediaTypeResponse({ ...PROBLEM, description: 'The body is no JSON in UTF-8.' })
  async aggregateDailyMetrics(
    @Body() wanted: AggregateDailyMetricsDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BackfillDetailView> {
    return located(await this.backfills.aggregateDailyMetrics(wanted), response);
  }

  @Get('backfill')
  @ApiOperation({ summary: 'List backfills, newest first' })
  @ApiOkResponse({ type: BackfillPage, description: 'A page of backfills.' })
  list(@Query() query: PageQuery): Promise<BackfillPage> {
    return this.backfills.list(query);
  }

  @Get('backfill/:id')
  @ApiOperation({
    summary: 'Show how far a backfill is, and what it did day by day',
    description:
      'A difference is a row of a projection or rollup that was not as its events make it: it was ' +
      'added, changed or removed; in a dry run it would be. Nothing should differ. On days on which ' +
      'events arrive meanwhile, what they change between two steps is among it.',
  })
  @ApiOkResponse({ ...SHOWN, description: 'The backfill.' })
  @ApiNotFoundResponse({ ...PROBLEM, description: NO_BACKFILL })
  async get(@Param() { id }: BackfillPath): Promise<BackfillDetailView> {
    return found(await this.backfills.find(id));
  }

  @Post('backfill/:id/stop')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Stop a backfill before its next day',
    description: 'What is done stays done. Nothing happens to one that has ended.',
  })
  @ApiOkResponse({ ...SHOWN, description: 'The backfill as it is now.' })
  @ApiNotFoundResponse({ ...PROBLEM, description: NO_BACKFILL })
  async stop(@Param() { id }: BackfillPath): Promise<BackfillDetailView> {
    return found(await this.backfills.stop(id));
  }

  @Post('backfill/:id/resume')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Let a backfill that was stopped, or failed, go on',
    description: 'With the days that are left. Nothing happens to one that is under way or done.',
  })
  @ApiOkResponse({ ...SHOWN, description: 'The backfill as it is now.' })
  @ApiNotFoundResponse({ ...PROBLEM, description: NO_BACKFILL })
  async resume(@Param() { id }: BackfillPath): Promise<BackfillDetailView> {
    return found(await this.backfills.resume(id));
  }
}

function located(view: BackfillDetailView, response: Response): BackfillDetailView {
  response.location(`/jobs/backfill/${view.id}`);
  return view;
}

function found(view: BackfillDetailView | null): BackfillDetailView {
  if (view === null) throw new NotFoundException(NO_BACKFILL);
  return view;
}
