import { jetstream, StorageType } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import {
  bootstrap,
  Publisher,
  STREAM_NAME,
  STREAM_SUBJECTS,
} from '../../libs/client/src/nats/index.js';
import { TestFootfall } from '../support/footfall.js';
import { NatsServerProcess } from '../support/nats.js';
import { describeWith, hasProgram } from '../support/needs.js';

const suite = describeWith(hasProgram('nats-server'), 'nats-server is not installed');

const order = { orderId: 'ord_1', orgId: 'acme', totalMinor: 5997, currency: 'USD' };

suite('the stream of commerce events', () => {
  let nats: NatsServerProcess;

  beforeEach(async () => {
    nats = await NatsServerProcess.start();
  });
  afterEach(() => nats.dispose());

  const made = async (server = nats) =>
    (await server.manage((manager) => manager.streams.info(STREAM_NAME))).config;

  it('is made as Footfall makes it', async () => {
    const other = await NatsServerProcess.start();
    const footfall = await (await TestFootfall.start({ NATS_URL: other.url })).ready();
    try {
      await other.isConsumed();
      await nats.run((connection) => bootstrap(connection));

      expect(await made()).toEqual(await made(other));
      expect(await made()).toMatchObject({ name: 'COMMERCE', subjects: STREAM_SUBJECTS });
    } finally {
      await footfall.stop();
      await other.dispose();
    }
  });

  it('is made by a JetStream client as well, and by whoever comes first of several', async () => {
    await nats.run((connection) =>
      Promise.all([1, 2, 3, 4].map(() => bootstrap(jetstream(connection)))),
    );

    expect(await made()).toMatchObject({ storage: 'file' });
  });

  it('stays as it is where it exists, whatever its settings', async () => {
    const settings = {
      name: STREAM_NAME,
      subjects: ['commerce.order.*', 'shop.>'],
      storage: StorageType.Memory,
      max_msgs: 100,
      max_age: nanos(3_600_000),
      duplicate_window: nanos(1000),
    };
    await nats.manage((manager) => manager.streams.add({ ...settings }));
    const before = await made();

    await nats.run((connection) => bootstrap(connection));

    expect(before).toMatchObject(settings);
    expect(await made()).toEqual(before);
  });

  it('is not made where another stream has its subjects, and that is said', async () => {
    await nats.manage((manager) =>
      manager.streams.add({ name: 'OTHER', subjects: ['commerce.order.>'] }),
    );

    const bootstrapping = nats.run((connection) => bootstrap(connection));

    await expect(bootstrapping).rejects.toThrow('subjects overlap');
  });

  it('is asked for where there is none', async () => {
    const publishing = nats.run((connection) =>
      new Publisher(connection, { timeoutMs: 300 }).publishOrderCompleted(order),
    );

    await expect(publishing).rejects.toMatchObject({
      name: 'PublishError',
      message: expect.stringContaining('no stream takes this subject (bootstrap() makes one)'),
    });
  });

  it('is not looked for without a connection', async () => {
    await expect(bootstrap(null)).resolves.toBeUndefined();
    await expect(bootstrap(undefined)).resolves.toBeUndefined();
  });
});
