import type { Metrics } from '#libs/platform';
import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';

/** How busy the pool is. All its connections in use while others wait means: too small, or stuck. */
export class PoolMetrics {
  constructor(metrics: Metrics, dataSource: DataSource) {
    metrics.gauge(
      'database_pool_connections',
      'Connections of the pool in use and idle, and callers that wait for one.',
      ['state'],
      (figure) => {
        const { master } = dataSource.driver as unknown as { readonly master?: Pool };
        const { totalCount = 0, idleCount = 0, waitingCount = 0 } = master ?? {};
        figure.set({ state: 'in_use' }, totalCount - idleCount);
        figure.set({ state: 'idle' }, idleCount);
        figure.set({ state: 'waiting' }, waitingCount);
      },
    );
  }
}
