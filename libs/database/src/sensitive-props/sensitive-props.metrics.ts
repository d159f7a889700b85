import { Metrics } from '#libs/platform';

/** What can be read of encrypted props, and how far a change of keys has come. */
export class SensitivePropsMetrics {
  private readonly unreadableProps;
  private readonly reencryptedProps;
  private readonly toReencrypt;

  constructor(metrics: Metrics) {
    this.unreadableProps = metrics.counter(
      'props_unreadable_total',
      'Encrypted props that could not be read: an unknown key, or they were changed.',
    );
    this.reencryptedProps = metrics.counter(
      'props_reencrypted_total',
      'Props that were encrypted anew with the current key.',
    );
    this.toReencrypt = metrics.gauge(
      'props_to_reencrypt',
      'Stored props that another key than the current one encrypted.',
    );
  }

  readonly unreadable = (): void => this.unreadableProps.inc();

  reencrypted(props: number): void {
    this.reencryptedProps.inc(props);
  }

  remaining(props: number): void {
    this.toReencrypt.set(props);
  }
}
