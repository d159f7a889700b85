import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allows, Public } from '../access/allows.decorator.js';
import { Metrics } from './metrics.js';

const DOCUMENTED = {
  summary: 'Figures of this process for Prometheus',
  description: 'Labels hold names from closed lists only, never an id or an address.',
};

async function scrape({ registry }: Metrics, response: Response): Promise<void> {
  response.contentType(registry.contentType).send(await registry.metrics());
}

/** With `METRICS_PUBLIC=true`, the default: for a network that only operators reach. */
@ApiTags('Operation')
@Controller()
export class PublicMetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get('metrics')
  @Public('METRICS_PUBLIC says so.')
  @ApiOperation(DOCUMENTED)
  @ApiProduces('text/plain')
  read(@Res() response: Response): Promise<void> {
    return scrape(this.metrics, response);
  }
}

/** With `METRICS_PUBLIC=false`: figures tell how a business does. */
@ApiTags('Operation')
@Controller()
export class GuardedMetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get('metrics')
  @Allows('admin')
  @ApiOperation(DOCUMENTED)
  @ApiProduces('text/plain')
  read(@Res() response: Response): Promise<void> {
    return scrape(this.metrics, response);
  }
}
