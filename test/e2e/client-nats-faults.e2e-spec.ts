import { setTimeout as pause } from 'node:timers/promises';
import { connect, nanos, type NatsConnection } from '@nats-io/transport-node';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { bootstrap, Publisher, PublishError } from '../../libs/client/src/nats/index.js';
import { TestFootfall } from '../support/footfall.js';
import { NatsServerProcess, STREAM } from '../support/nats.js';
import { describeWith, hasProgram } from '../support/needs.js';
import { until } from '../support/until.js';

jest.setTimeout(180_000);

const suite = describeWith(hasProgram('nats-server'), 'nats-server is not installed');

const ORDERS = 2000;
const AT_ONCE = 20;
/** What was delivered when NATS died comes again only then: by default half a minute. */
const REDELIVERED_AFTER_MS = 2000;
/** More than it takes to restart NATS and to connect again on a busy machine. */
const PATIENT = { timeoutMs: 60_000, tries: 30 };

const order = (orderId: string) => ({ orderId, orgId: 'acme', totalMinor: 5997, currency: 'USD' });
const thrownBy = async (promise: Promise<void>): Promise<PublishError> => {
  const thrown: unknown = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(PublishError);
  return thrown as PublishError;
};

suite('the publisher of commerce events, whatever breaks', () => {
  let nats: NatsServerProcess;
  let connection: NatsConnection;

  beforeEach(async () => {
    nats = await NatsServerProcess.start();
    connection = await connect({
      servers: nats.address,
      reconnectTimeWait: 100,
      maxReconnectAttempts: -1,
    });
    await bootstrap(connection);
  });
  afterEach(async () => {
    await connection.close();
    await nats.dispose();
  });

  const messageCount = async (): Promise<number> =>
    (await nats.manage((manager) => manager.streams.info(STREAM))).state.messages;

  /** The signal takes its time to arrive. */
  const hung = async (): Promise<void> => {
    nats.hang();
    await until('NATS hangs', () =>
      Promise.race([connection.rtt().then(() => false), pause(200, true)]),
    );
  };

  it('has every order stored once though NATS is killed in mid-publish, and again', async () => {
    await nats.manage((manager) =>
      manager.consumers.add(STREAM, {
        durable_name: 'footfall',
        ack_policy: 'explicit',
        ack_wait: nanos(REDELIVERED_AFTER_MS),
      }),
    );
    const footfall = await (await TestFootfall.start({ NATS_URL: nats.url })).ready();
    const publisher = new Publisher(connection, PATIENT);
    const waiting = Array.from({ length: ORDERS }, (_, at) => `ord_${at}`);
    const acknowledged: string[] = [];
    const publishAll = async (): Promise<void> => {
      for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
        await publisher.publishOrderCompleted(order(id));
        acknowledged.push(id);
      }
    };
    try {
      const publishing = Promise.all(Array.from({ length: AT_ONCE }, publishAll));
      for (const many of [200, 1000]) {
        await until('some are acknowledged', () => acknowledged.length > many);
        await nats.kill9();
        const before = acknowledged.length;
        await nats.restart();
        expect(before).toBeLessThan(ORDERS);
      }
      await publishing;
      await nats.isEmptied(60_000);
      await footfall.written();

      const rows = await footfall.query<{ event_id: string }>(
        'SELECT event_id FROM commerce_events',
      );
      expect(acknowledged).toHaveLength(ORDERS);
      expect(rows.map(({ event_id: id }) => id).toSorted()).toEqual(acknowledged.toSorted());
      expect(await messageCount()).toBe(ORDERS);
    } finally {
      await footfall.stop();
    }
  });

  it('says in time that NATS hangs, and stores the event once when it is published again', async () => {
    const publisher = new Publisher(connection, { timeoutMs: 300 });
    await hung();

    const error = await thrownBy(publisher.publishOrderCompleted(order('ord_1')));
    nats.goOn();
    await new Publisher(connection, PATIENT).publish(error.subject, error.event);

    expect(error.message).toBe(
      'commerce.order.completed was not acknowledged: not within the time given',
    );
    expect(error.cause).toMatchObject({ name: 'TimeoutError' });
    expect(await messageCount()).toBe(1);
  });

  it('stops waiting for NATS where the caller does', async () => {
    const publisher = new Publisher(connection, PATIENT);
    const reason = new Error('the request is over');
    const giving = new AbortController();
    await hung();

    const publishing = thrownBy(
      publisher.publishOrderCompleted(order('ord_1'), { signal: giving.signal }),
    );
    giving.abort(reason);
    const error = await publishing;
    nats.goOn();

    expect(error.cause).toBe(reason);
  });

  it('says at once that its connection is closed', async () => {
    const publisher = new Publisher(connection, PATIENT);
    await connection.close();

    const error = await thrownBy(publisher.publishOrderCompleted(order('ord_1')));

    expect(error.cause).toMatchObject({ name: 'ClosedConnectionError' });
  });

  it('says at once that an event is larger than NATS takes', async () => {
    const publisher = new Publisher(connection, PATIENT);
    const note = 'x'.repeat(2 * 1024 * 1024);

    const publishing = publisher.publish('commerce.cart.updated', {
      type: 'cart.updated',
      data: { note },
    });

    const error = await thrownBy(publishing);
    expect(error.message).toContain('payload');
    expect(await messageCount()).toBe(0);
  });

  it('says at once that the stream takes no more', async () => {
    await nats.manage((manager) => manager.streams.update(STREAM, { max_msg_size: 10 }));

    const error = await thrownBy(
      new Publisher(connection, PATIENT).publishOrderCompleted(order('ord_1')),
    );

    expect(error.cause).toMatchObject({ name: 'JetStreamApiError' });
  });
});
