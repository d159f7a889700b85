import {
  AckPolicy,
  type Consumer,
  type ConsumerConfig,
  DeliverPolicy,
  DiscardPolicy,
  type JetStreamManager,
  JetStreamApiCodes,
  JetStreamApiError,
  jetstream,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
} from '@nats-io/jetstream';
import { nanos, type NatsConnection } from '@nats-io/transport-node';
import { COMMERCE_STREAM } from './commerce-stream-name.js';
import type { NatsLog } from './nats.log.js';

const ASK_WITHIN_MS = 5000;

/** As the publisher itself makes it, whoever comes first. */
const STREAM = {
  name: COMMERCE_STREAM,
  subjects: ['commerce.>'],
  retention: RetentionPolicy.Limits,
  max_consumers: -1,
  max_msgs: -1,
  max_bytes: -1,
  discard: DiscardPolicy.Old,
  max_age: 0,
  max_msgs_per_subject: -1,
  max_msg_size: -1,
  storage: StorageType.File,
  num_replicas: 1,
  duplicate_window: nanos(120_000),
  allow_direct: false,
  mirror_direct: false,
};

/** Nothing newer than NATS 2.9. A message is delivered until it is acknowledged, however often. */
const CONSUMER = {
  description: 'Commerce events on their way to Footfall.',
  ack_policy: AckPolicy.Explicit,
  ack_wait: nanos(30_000),
  deliver_policy: DeliverPolicy.All,
  filter_subject: 'commerce.>',
  max_ack_pending: 1000,
  max_deliver: -1,
} satisfies Partial<ConsumerConfig>;

/**
 * The durable consumer of the commerce stream. What is missing, the stream too, is made; what is
 * there stays as it is, whatever its settings.
 *
 * @throws where the stream or the consumer cannot be had, or cannot be used.
 */
export async function commerceConsumer(
  connection: NatsConnection,
  name: string,
  log: NatsLog,
): Promise<Consumer> {
  const manager = await jetstreamManager(connection, { checkAPI: false, timeout: ASK_WITHIN_MS });
  await ensureStream(manager, log);
  const { config } = await foundOr(manager.consumers.info(COMMERCE_STREAM, name), () =>
    manager.consumers.add(COMMERCE_STREAM, { ...CONSUMER, durable_name: name }),
  );
  if (config.ack_policy !== AckPolicy.Explicit) {
    throw new Error(`the consumer ${name} does not ask for explicit acknowledgements`);
  }
  return jetstream(connection, { timeout: ASK_WITHIN_MS }).consumers.get(COMMERCE_STREAM, name);
}

async function ensureStream(manager: JetStreamManager, log: NatsLog): Promise<void> {
  await foundOr(manager.streams.info(COMMERCE_STREAM), async () => {
    const made = await manager.streams.add(STREAM);
    log.streamCreated(COMMERCE_STREAM);
    return made;
  });
}

const MISSING: readonly number[] = [
  JetStreamApiCodes.StreamNotFound,
  JetStreamApiCodes.ConsumerNotFound,
];

async function foundOr<Found>(looked: Promise<Found>, make: () => Promise<Found>): Promise<Found> {
  try {
    return await looked;
  } catch (error) {
    if (error instanceof JetStreamApiError && MISSING.includes(error.code)) return make();
    throw error;
  }
}
