import { setTimeout as sleep } from 'node:timers/promises';
import type { NatsServer } from '#libs/platform';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { unlessStopped } from './unless-stopped.js';

const CONNECT_WITHIN_MS = 3000;
const PING_EVERY_MS = 10_000;
const GOODBYE_WITHIN_MS = 1000;

/**
 * A connection to one of the servers, whichever comes first. It never reconnects: whoever holds it opens
 * another, to any server again and each with credentials of its own, which the client itself would
 * ignore in an address.
 *
 * @throws AggregateError where none lets us in, or the reason of `stop`.
 */
export async function connectToAny(
  servers: readonly NatsServer[],
  stop: AbortSignal,
): Promise<NatsConnection> {
  const errors: unknown[] = [];
  const first = Math.floor(Math.random() * servers.length);
  for (const server of [...servers.slice(first), ...servers.slice(0, first)]) {
    const connecting = connectTo(server);
    try {
      return await unlessStopped(connecting, stop);
    } catch (error) {
      if (stop.aborted) connecting.then(sayGoodbye, () => undefined);
      stop.throwIfAborted();
      errors.push(error);
    }
  }
  throw new AggregateError(errors, 'no NATS server lets us in');
}

const connectTo = ({ address, tls, user, pass, token }: NatsServer): Promise<NatsConnection> =>
  connect({
    servers: address,
    name: 'footfall',
    reconnect: false,
    timeout: CONNECT_WITHIN_MS,
    pingInterval: PING_EVERY_MS,
    ...(tls && { tls: {} }),
    ...(user !== undefined && { user, pass }),
    ...(token !== undefined && { token }),
  });

/** Sends what is still to be sent, if the server takes it in time. Never rejects. */
export async function sayGoodbye(connection: NatsConnection): Promise<void> {
  const closed = connection.drain().catch(() => connection.close());
  await Promise.race([closed.catch(() => undefined), sleep(GOODBYE_WITHIN_MS)]);
  connection.close().catch(() => undefined); // at once, and whatever the server does
}
