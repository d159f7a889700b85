import { Metrics } from '#libs/platform';

/** Whether partitions are ahead of their events. */
export class PartitionMetrics {
  private readonly defaultRows;
  private readonly daysAhead;

  constructor(metrics: Metrics) {
    this.defaultRows = metrics.gauge(
      'partition_default_rows',
      'Rows that no partition covers, counted up to a million.',
      ['contract'],
    );
    this.daysAhead = metrics.gauge(
      'partitions_ahead_days',
      'Whole days after today whose events have a partition.',
      ['contract'],
    );
  }

  seen(
    contract: string,
    { defaultRows, daysAhead }: { readonly defaultRows: number; readonly daysAhead: number },
  ): void {
    this.defaultRows.set({ contract }, defaultRows);
    this.daysAhead.set({ contract }, daysAhead);
  }
}
