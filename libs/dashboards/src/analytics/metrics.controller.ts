import {
  ASSET_METRICS_EXAMPLE,
  AssetMetrics,
  AssetMetricsQuestion,
  AssetPath,
} from '#libs/contracts';
import { Allows, type Caller, CurrentCaller, ForOwners, ProblemDocument } from '#libs/platform';
import { Controller, Get, Param, Query } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
} from '@nestjs/swagger';
import { PassesBy, Revalidated } from '../cache/revalidated.decorator.js';
import { AssetMetricsDashboard } from './asset-metrics-dashboard.js';

@Allows('dashboards:read')
@ForOwners('creator')
@Controller('metrics')
export class MetricsController {
  constructor(private readonly dashboard: AssetMetricsDashboard) {}

  @Get('assets/:assetId')
  @Revalidated()
  @ApiOperation({
    summary: 'How does an asset get on?',
    description:
      'Views, clicks, licences and revenue of an asset on some days, its visitors, and whence they ' +
      'came; of the last 30 days where the question does not say.\n\n' +
      'Days are days of UTC and count whole, both ends included. An event belongs to the asset that ' +
      'it is about or names, one about a licence also to the licence’s asset in the catalogue. ' +
      'Programs that say so are counted, and told beside the figures. A visitor is who acted, else ' +
      'the session, and is one over all the days.\n\n' +
      'A creator sees its own assets; others do not exist for it. Answers are cached for 5 minutes.',
  })
  // The days of the example.
  @ApiQuery({ name: 'start', required: false, example: '2026-01-01' })
  @ApiQuery({ name: 'end', required: false, example: '2026-01-03' })
  @ApiOkResponse({
    type: AssetMetrics,
    description: 'The figures, with what they are about.',
    example: ASSET_METRICS_EXAMPLE,
  })
  @ApiBadRequestResponse({ type: ProblemDocument, description: 'The question breaks its rules.' })
  @ApiNotFoundResponse({
    type: ProblemDocument,
    description: 'There is no such asset: not in the catalogue, and in no event.',
  })
  asset(
    @Param() { assetId }: AssetPath,
    @Query() question: AssetMetricsQuestion,
    @CurrentCaller() caller: Caller,
    @PassesBy() passBy: boolean,
  ): Promise<AssetMetrics> {
    return this.dashboard.metrics(assetId, question, caller, passBy);
  }
}
