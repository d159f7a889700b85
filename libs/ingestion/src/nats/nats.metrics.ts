import { Metrics } from '#libs/platform';
import { Injectable } from '@nestjs/common';

/** What became of a message. `again`: it was given back to the stream. */
export const MESSAGE_OUTCOMES = ['kept', 'set_aside', 'again'] as const;
export type MessageOutcome = (typeof MESSAGE_OUTCOMES)[number];

/** The figures of the consumer of the commerce stream. */
@Injectable()
export class NatsMetrics {
  private readonly messages;
  private readonly redelivered;
  private readonly ackFailures;
  private readonly pending;

  constructor(private readonly metrics: Metrics) {
    this.messages = metrics.counter('nats_messages_total', 'Messages by what became of them.', [
      'outcome',
    ]);
    this.redelivered = metrics.counter(
      'nats_redelivered_total',
      'Messages that were delivered before.',
    );
    this.ackFailures = metrics.counter(
      'nats_ack_failures_total',
      'Messages taken whose acknowledgement the server did not confirm: they come again.',
    );
    this.pending = metrics.gauge(
      'nats_pending',
      'Messages of the stream that were delivered to nobody yet, as the server told last.',
    );
    for (const outcome of MESSAGE_OUTCOMES) this.messages.inc({ outcome }, 0);
  }

  /** Is asked at each scrape. */
  watch(isConsuming: () => boolean): void {
    const help = '1 while the commerce stream is consumed.';
    this.metrics.gauge('nats_connected', help, [], (gauge) => gauge.set(isConsuming() ? 1 : 0));
  }

  waiting(messages: number): void {
    this.pending.set(messages);
  }

  cameAgain(): void {
    this.redelivered.inc();
  }

  became(outcome: MessageOutcome): void {
    this.messages.inc({ outcome });
  }

  notAcknowledged(): void {
    this.ackFailures.inc();
  }
}
