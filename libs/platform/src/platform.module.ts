import { type DynamicModule, Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { Config } from './config/config.js';
import { HealthController } from './health/health.controller.js';
import { HealthMetrics } from './health/health.metrics.js';
import { Probes } from './health/probes.js';
import { GuardedMetricsController, PublicMetricsController } from './metrics/metrics.controller.js';
import { Metrics } from './metrics/metrics.js';
import { Redis } from './redis/redis.js';

/** What every room stands on: settings, figures, health, Redis. */
@Global()
@Module({})
export class PlatformModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: PlatformModule,
      imports: [DiscoveryModule, TerminusModule.forRoot({ logger: false })],
      controllers: [
        HealthController,
        config.METRICS_PUBLIC ? PublicMetricsController : GuardedMetricsController,
      ],
      providers: [{ provide: Config, useValue: config }, Metrics, Probes, HealthMetrics, Redis],
      exports: [Config, Metrics, Probes, Redis, DiscoveryModule],
    };
  }
}
