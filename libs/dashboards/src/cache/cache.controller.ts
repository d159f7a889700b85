import { AssetPath, CreatorPath } from '#libs/contracts';
import { Allows, ProblemDocument } from '#libs/platform';
import { Controller, Delete, HttpCode, Param } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiNoContentResponse,
  ApiOperation,
  ApiServiceUnavailableResponse,
} from '@nestjs/swagger';
import { REMEMBERED } from './cache-keys.js';
import { DashboardCache } from './dashboard-cache.js';

const FORGOTTEN = { description: 'Nothing of it is cached any more.' };
const EACH_ITS_OWN =
  'Whether anything was there or not. Without `REDIS_URL` every process has a cache of its own, and ' +
  'only that of the one which answers is meant; with it, that of all.';

@ApiServiceUnavailableResponse({
  type: ProblemDocument,
  description: 'Redis does not answer: what it holds stays for as long as it would have.',
})
@Allows('admin')
@Controller('cache')
export class CacheController {
  constructor(private readonly cache: DashboardCache) {}

  @Delete('assets/:assetId')
  @HttpCode(204)
  @ApiNoContentResponse(FORGOTTEN)
  @ApiOperation({
    summary: 'Forget the cached metrics of an asset',
    description: `Of all ranges. ${EACH_ITS_OWN}`,
  })
  @ApiBadRequestResponse({ type: ProblemDocument, description: 'No asset has such an id.' })
  forgetAsset(@Param() { assetId }: AssetPath): Promise<void> {
    return this.cache.forget(REMEMBERED.ofAsset(assetId));
  }

  @Delete('creators/:creatorId')
  @HttpCode(204)
  @ApiNoContentResponse(FORGOTTEN)
  @ApiOperation({
    summary: 'Forget the cached dashboards of a creator',
    description: `Of all periods. ${EACH_ITS_OWN}`,
  })
  @ApiBadRequestResponse({ type: ProblemDocument, description: 'No creator has such an id.' })
  forgetCreator(@Param() { creatorId }: CreatorPath): Promise<void> {
    return this.cache.forget(REMEMBERED.ofCreator(creatorId));
  }

  @Delete('platform')
  @HttpCode(204)
  @ApiNoContentResponse(FORGOTTEN)
  @ApiOperation({
    summary: 'Forget the cached dashboards of the platform',
    description: `Of all periods. ${EACH_ITS_OWN}`,
  })
  forgetPlatform(): Promise<void> {
    return this.cache.forget(REMEMBERED.ofPlatform());
  }
}
