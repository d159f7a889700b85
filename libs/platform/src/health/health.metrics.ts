import { Injectable } from '@nestjs/common';
import { Metrics } from '../metrics/metrics.js';
import { type Probe, Probes } from './probes.js';

/** What `/readyz` says, as figures: an alert cannot ask it, and one that ails is not red there. */
@Injectable()
export class HealthMetrics {
  constructor(metrics: Metrics, probes: Probes) {
    metrics.gauge(
      'ready',
      '1 while this process can do its work, as /readyz says; else 0.',
      [],
      async (gauge) => {
        const vital = probes.all().filter((probe) => probe.vital);
        const well = await Promise.all(vital.map(isWell));
        gauge.set(well.every(Boolean) ? 1 : 0);
      },
    );
    metrics.gauge(
      'probe_up',
      '1 while a part that /readyz names is well, 0 while it ails.',
      ['probe'],
      async (gauge) => {
        await Promise.all(
          probes
            .all()
            .map(async (probe) => gauge.set({ probe: probe.name }, (await isWell(probe)) ? 1 : 0)),
        );
      },
    );
  }
}

/** One probe that fails to answer must not take all other figures with it. */
async function isWell({ ails }: Probe): Promise<boolean> {
  try {
    return (await ails()) === null;
  } catch {
    return false;
  }
}
