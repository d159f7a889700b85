import { BackOff, Config, type NatsServer, natsServersIn, pause, Probes } from '#libs/platform';
import type { Consumer, ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { Injectable } from '@nestjs/common';
import { CommerceMessages } from './commerce-messages.js';
import { COMMERCE_STREAM } from './commerce-stream-name.js';
import { InFlight } from './in-flight.js';
import { NatsLog } from './nats.log.js';
import { NatsMetrics } from './nats.metrics.js';
import { unlessStopped } from './unless-stopped.js';

const MIB = 1024 * 1024;
/** Of messages that the client holds, were each as large as the server allows. */
const MOST_MEMORY_BYTES = 64 * MIB;
const MOST_MESSAGES = 256;
/** Of messages on their way into the event log, which senders of HTTP share. */
const MOST_BYTES_IN_FLIGHT = 4 * MIB;

const PULL_EXPIRES_MS = 30_000;
const HEARTBEAT_MS = 2000;

const SILENT = 'NATS does not answer';

/**
 * Consumes the commerce stream while `NATS_URL` is set: connects in the background, and again for
 * ever. Nobody waits for it. Without it the client of NATS is not even loaded.
 *
 * A server that comes back, a stream that was deleted, a consumer that is gone: each ends the
 * connection, and the next one finds or makes what it needs.
 */
@Injectable()
export class CommerceStream {
  private readonly log = new NatsLog();
  private readonly stopping = new AbortController();
  private readonly inFlight = new InFlight();
  private readonly servers: readonly NatsServer[];
  private readonly consumerName: string;
  private running: Promise<void> | null = null;
  /** Between two connections. */
  private readonly backOff = new BackOff();
  /** Between two pulls while the event log takes nothing. */
  private readonly rests = new BackOff();
  /** What ails, for a person; null while the stream is consumed. */
  private trouble: string | null = SILENT;
  private gaveBack = false;

  constructor(
    { NATS_URL, NATS_CONSUMER }: Config,
    private readonly messages: CommerceMessages,
    private readonly metrics: NatsMetrics,
    private readonly probes: Probes,
  ) {
    this.servers = NATS_URL === undefined ? [] : natsServersIn(NATS_URL);
    this.consumerName = NATS_CONSUMER;
  }

  /** To be called once, after the doors were opened and the event log accepts. */
  start(): void {
    if (this.servers.length === 0) return;
    this.metrics.watch(() => this.trouble === null);
    this.probes.add({ name: 'nats', vital: false, ails: () => this.trouble });
    this.running = this.consumeForEver();
  }

  /**
   * Resolves once every message that was taken is in the event log and acknowledged, or given back.
   * To be called before the event log is closed.
   */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async consumeForEver(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await this.consumeOnce(signal);
      } catch (error) {
        if (!signal.aborted) this.log.away(error);
      }
      await pause(this.backOff.next(), signal);
    }
  }

  /** From a connection to its end. @throws why it could not go on. */
  private async consumeOnce(signal: AbortSignal): Promise<void> {
    this.trouble = SILENT;
    const { connectToAny, sayGoodbye } = await import('./nats-connection.js');
    const { commerceConsumer } = await import('./commerce-consumer.js');
    const connection = await connectToAny(this.servers, signal);
    try {
      this.trouble = `the stream ${COMMERCE_STREAM} cannot be consumed`;
      const finding = commerceConsumer(connection, this.consumerName, this.log);
      const consumer = await unlessStopped(finding, signal);
      this.metrics.waiting((await consumer.info(true)).num_pending);
      this.log.consuming(COMMERCE_STREAM, this.consumerName);
      this.trouble = null;
      await this.pull(connection, consumer);
    } finally {
      this.trouble ??= SILENT;
      await this.inFlight.settled();
      await sayGoodbye(connection);
    }
  }

  /** Asks for as many messages as there is room for, again and again. */
  private async pull(connection: NatsConnection, consumer: Consumer): Promise<void> {
    const window = windowFor(connection.info?.max_payload ?? MIB);
    while (!this.stopping.signal.aborted && !connection.isClosed()) {
      const room = window - this.inFlight.count;
      const pulled = await consumer.fetch({
        max_messages: room,
        expires: PULL_EXPIRES_MS,
        idle_heartbeat: HEARTBEAT_MS,
      });
      await this.takeAll(pulled);
      this.backOff.reset();
      await this.inFlight.until(() => this.inFlight.count <= window / 2);
      await this.restIfGivenBack();
    }
    if (!this.stopping.signal.aborted) throw new Error('the connection was closed');
  }

  private async takeAll(pulled: ConsumerMessages): Promise<void> {
    const { signal } = this.stopping;
    const end = (): void => void pulled.close();
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    try {
      for await (const message of pulled) {
        this.metrics.waiting(message.info.pending);
        const bytes = message.data.length;
        await this.inFlight.until(() => this.inFlight.bytes + bytes <= MOST_BYTES_IN_FLIGHT);
        this.inFlight.add(bytes, this.take(message));
      }
    } finally {
      signal.removeEventListener('abort', end);
    }
  }

  private async take(message: JsMsg): Promise<void> {
    if ((await this.messages.take(message)) === 'again') this.gaveBack = true;
  }

  /** An event log that takes nothing now will hardly take what is pulled next. */
  private async restIfGivenBack(): Promise<void> {
    if (this.gaveBack) await pause(this.rests.next(), this.stopping.signal);
    else this.rests.reset();
    this.gaveBack = false;
  }
}

/** Few messages where they may be large. */
const windowFor = (largest: number): number =>
  Math.min(MOST_MESSAGES, Math.max(1, Math.floor(MOST_MEMORY_BYTES / largest)));
