import {
  CREATOR_DASHBOARD_EXAMPLE,
  CreatorDashboard,
  CreatorDashboardQuestion,
  CreatorPath,
  PLATFORM_METRICS_EXAMPLE,
  PlatformMetrics,
  PlatformMetricsQuestion,
} from '#libs/contracts';
import { Allows, type Caller, CurrentCaller, ForOwners, ProblemDocument } from '#libs/platform';
import { Controller, Get, Param, Query } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
} from '@nestjs/swagger';
import { PassesBy, Revalidated } from '../cache/revalidated.decorator.js';
import { CreatorDashboards } from './creator-dashboards.js';
import { PlatformDashboard } from './platform-dashboard.js';

@ApiBadRequestResponse({ type: ProblemDocument, description: 'The question breaks its rules.' })
@Allows('dashboards:read')
@Controller('dashboards')
export class AnalyticsDashboardsController {
  constructor(
    private readonly creators: CreatorDashboards,
    private readonly platform: PlatformDashboard,
  ) {}

  @Get('creators/:creatorId')
  @ForOwners('creator')
  @Revalidated()
  @ApiOperation({
    summary: 'How do a creator’s assets get on?',
    description:
      'Views, licences and revenue of all assets of a creator together, its best assets, revenue ' +
      'day by day, and where visitors came from.\n\n' +
      'An asset is a creator’s where an administrator or a server said so; what a visitor’s event ' +
      'says of it does not count. Days are days of UTC, today is the last. Programs that say so ' +
      'are counted, and told beside the figures.\n\n' +
      'A creator sees its own dashboard; others do not exist for it. Answers are cached for 10 ' +
      'minutes.',
  })
  @ApiOkResponse({
    type: CreatorDashboard,
    description: 'The figures, with what they are about.',
    example: CREATOR_DASHBOARD_EXAMPLE,
  })
  @ApiNotFoundResponse({ type: ProblemDocument, description: 'There is no such creator.' })
  creator(
    @Param() { creatorId }: CreatorPath,
    @Query() { period }: CreatorDashboardQuestion,
    @CurrentCaller() caller: Caller,
    @PassesBy() passBy: boolean,
  ): Promise<CreatorDashboard> {
    return this.creators.ofCreator(creatorId, period, caller, passBy);
  }

  @Get('platform')
  @Revalidated()
  @ApiOperation({
    summary: 'How does the whole platform get on?',
    description:
      'Users, creators, brands, assets, licences and revenue of the whole platform. For keys that ' +
      'are bound to nobody.\n\n' +
      'Totals are of now, all else is of the period. Days are days of UTC, today is the last. ' +
      'Whoever is active is counted once over all the days. Programs that say so are counted, and ' +
      'told beside the figures. Answers are cached for an hour.',
  })
  @ApiOkResponse({
    type: PlatformMetrics,
    description: 'The figures, with what they are about.',
    example: PLATFORM_METRICS_EXAMPLE,
  })
  ofPlatform(
    @Query() { period }: PlatformMetricsQuestion,
    @PassesBy() passBy: boolean,
  ): Promise<PlatformMetrics> {
    return this.platform.metrics(period, passBy);
  }
}
