import { RETENTION_PREVIEW_EXAMPLE, RetentionPreview } from '#libs/contracts';
import { Allows } from '#libs/platform';
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { Retention } from './retention.js';

@Allows('admin')
@Controller('jobs/retention')
export class RetentionController {
  constructor(private readonly retention: Retention) {}

  @Get('preview')
  @ApiOperation({
    summary: 'Show what retention would remove now',
    description:
      'Each night the job `retention` removes events that were kept for as long as the settings ' +
      'say: whole partitions that lie before the time, rows of the DEFAULT partition that are ' +
      'older, the keys of both, and old rejected events. Figures stay: no day of a rollup is ' +
      'removed, and days whose events are gone are never counted again. What projections hold of ' +
      'sessions stays too: it names nobody. A partition that reaches beyond the time stays whole ' +
      'until all of it is old.',
  })
  @ApiOkResponse({
    type: RetentionPreview,
    description: 'What would go.',
    example: RETENTION_PREVIEW_EXAMPLE,
  })
  preview(): Promise<RetentionPreview> {
    return this.retention.preview(new Date());
  }
}
