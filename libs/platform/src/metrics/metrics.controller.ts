import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allows, Public } from '../access/allows.decorator.js';
import { Metrics } from './metrics.js';

const FIGURES = {
  description: 'Figures in the text format of Prometheus.',
  content: {
    'text/plain': {
      schema: { type: 'string' },
      example:
        '# HELP footfall_events_lost_total Events that were taken but not kept; must stay 0.\n' +
        '# TYPE footfall_events_lost_total counter\n' +
        'footfall_events_lost_total 0\n',
    },
  },
} as const;

const DOCUMENTED = {
  summary: 'Figures of this process for Prometheus',
  description: 'Labels hold names from closed lists only, never an id or an address.',
};

async function scrape({ registry }: Metrics, response: Response): Promise<void> {
  response.contentType(registry.contentType).send(await registry.metrics());
}

/** With `METRICS_PUBLIC=true`, the default: for a network that only operators reach. */
@Controller()
export class PublicMetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get('metrics')
  @Public('METRICS_PUBLIC says so.')
  @ApiOperation(DOCUMENTED)
  @ApiOkResponse(FIGURES)
  read(@Res() response: Response): Promise<void> {
    return scrape(this.metrics, response);
  }
}

/** With `METRICS_PUBLIC=false`: figures tell how a business does. */
@Controller()
export class GuardedMetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get('metrics')
  @Allows('admin')
  @ApiOperation(DOCUMENTED)
  @ApiOkResponse(FIGURES)
  read(@Res() response: Response): Promise<void> {
    return scrape(this.metrics, response);
  }
}
