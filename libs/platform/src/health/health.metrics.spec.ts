import { beforeEach, describe, expect, it } from '@jest/globals';
import { Metrics } from '../metrics/metrics.js';
import { HealthMetrics } from './health.metrics.js';
import { Probes } from './probes.js';

describe('health as figures', () => {
  let metrics: Metrics;
  let probes: Probes;

  beforeEach(() => {
    metrics = new Metrics();
    probes = new Probes();
    void new HealthMetrics(metrics, probes);
  });

  const scrape = async (): Promise<string[]> =>
    (await metrics.registry.metrics()).split('\n').filter((line) => line.startsWith('footfall_'));

  it('is ready while only what is not vital ails, and names that', async () => {
    probes.add({ name: 'log', vital: true, ails: () => null });
    probes.add({ name: 'database', vital: false, ails: async () => 'it is away' });

    expect(await scrape()).toEqual([
      'footfall_ready 1',
      'footfall_probe_up{probe="log"} 1',
      'footfall_probe_up{probe="database"} 0',
    ]);
  });

  it('follows a vital part that ails, and is well again', async () => {
    let ails: string | null = 'no space';
    probes.add({ name: 'log', vital: true, ails: () => ails });

    const before = await scrape();
    ails = null;

    expect(before).toContain('footfall_ready 0');
    expect(await scrape()).toContain('footfall_ready 1');
  });

  it('takes a probe that throws for one that ails, and shows all other figures', async () => {
    probes.add({ name: 'log', vital: true, ails: () => Promise.reject(new Error('broken')) });

    const lines = await scrape();

    expect(lines).toEqual(['footfall_ready 0', 'footfall_probe_up{probe="log"} 0']);
  });
});
