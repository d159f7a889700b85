import { jetstream, type JetStreamClient } from '@nats-io/jetstream';

/** Of `@nats-io/transport-node` or any other transport: all of them are one type. */
export type NatsConnection = Parameters<typeof jetstream>[0];

/** What reaches the stream: a connection, or a JetStream client where you set its domain or prefix. */
export type Connection = NatsConnection | JetStreamClient;

/** The client of either; null where nothing is connected. */
export const jetStreamOf = (connection: Connection | null | undefined): JetStreamClient | null => {
  if (!connection) return null;
  return 'drain' in connection ? jetstream(connection) : connection;
};
