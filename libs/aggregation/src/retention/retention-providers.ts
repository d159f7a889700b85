import { Config } from '#libs/platform';
import type { Provider } from '@nestjs/common';
import { AggregationLog } from '../aggregation.log.js';
import { Retention } from './retention.js';
import { policyOf } from './retention-policy.js';
import { RetentionRepository } from './retention.repository.js';

/** `Retention` as the settings have it, for whoever runs it or shows what it would do. */
export const RETENTION: readonly Provider[] = [
  RetentionRepository,
  {
    provide: Retention,
    useFactory: (stored: RetentionRepository, config: Config, log: AggregationLog) =>
      new Retention(stored, policyOf(config), log),
    inject: [RetentionRepository, Config, AggregationLog],
  },
];
