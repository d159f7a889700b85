import {
  DiscardPolicy,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
} from '@nats-io/jetstream';
import { type Connection, jetStreamOf } from './connection.js';
import { STREAM_NAME, STREAM_SUBJECTS } from './subjects.js';

const SECOND_NS = 1_000_000_000;

/** Every setting that a server could choose otherwise is said. */
const STREAM = {
  name: STREAM_NAME,
  subjects: [...STREAM_SUBJECTS],
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
  duplicate_window: 120 * SECOND_NS,
  allow_direct: false,
  mirror_direct: false,
};

/**
 * Makes the stream of commerce events where there is none: in files, without limits, one replica.
 * A stream of this name that exists stays as it is, whatever its settings. Without a connection
 * nothing happens.
 *
 * @throws what JetStream answers where the stream cannot be had.
 */
export async function bootstrap(connection: Connection | null | undefined): Promise<void> {
  const client = jetStreamOf(connection);
  if (client === null) return;
  const manager = await client.jetstreamManager(false);
  if (await exists(manager)) return;
  try {
    await manager.streams.add({ ...STREAM }); // which it writes into
  } catch (error) {
    if (!(await exists(manager))) throw error; // else another process was faster
  }
}

const STREAM_NOT_FOUND = 10_059;

async function exists(manager: JetStreamManager): Promise<boolean> {
  try {
    await manager.streams.info(STREAM_NAME);
    return true;
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === STREAM_NOT_FOUND) return false;
    throw error;
  }
}
