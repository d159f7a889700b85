import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import {
  HealthCheckService,
  type HealthIndicatorFunction,
  HealthIndicatorService,
} from '@nestjs/terminus';
import type { Response } from 'express';
import { Public } from '../access/allows.decorator.js';
import { ALIVE, NOT_READY, READY } from './health.answers.js';
import { type Probe, Probes } from './probes.js';

@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly probes: Probes,
  ) {}

  @Get('livez')
  @Public('An orchestrator asks without a key.')
  @ApiOperation({
    summary: 'Is the process alive?',
    description: 'Looks at the process and its event loop, at nothing outside.',
  })
  @ApiResponse(ALIVE)
  live(): { status: string } {
    return { status: 'ok' };
  }

  @Get('readyz')
  @Public('An orchestrator asks without a key.')
  @ApiOperation({
    summary: 'Can this process take an event durably?',
    description:
      'Green while the event log accepts and the process is not stopping. What else ails (the ' +
      'database, the offers) is named without turning red for it: senders do not notice it.',
  })
  @ApiResponse(READY)
  @ApiResponse(NOT_READY)
  async ready(@Res() response: Response): Promise<void> {
    const result = await this.health
      .check(this.probes.all().map((probe) => this.indicator(probe)))
      .catch((error: { getResponse?: () => { status: string } }) => {
        if (!error.getResponse) throw error;
        return error.getResponse();
      });
    response.status(result.status === 'error' ? 503 : 200).json(result);
  }

  private indicator({ name, vital, ails }: Probe): HealthIndicatorFunction {
    return async () => {
      const indicator = this.indicators.check(name);
      const reason = await ails();
      if (reason === null) return indicator.up();
      return vital ? indicator.down({ reason }) : indicator.degraded({ reason });
    };
  }
}
