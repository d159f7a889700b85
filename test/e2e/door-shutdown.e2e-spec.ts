import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { type GiftApp, shopWindow, startGiftApp } from '../support/gift-app.js';
import { RawConnection, rawPost } from '../support/raw-connection.js';

const aWhisper = rawPost('/whispers', '{"text":"snow"}');
const SLOW = 'GET /slow HTTP/1.1\r\nHost: test\r\n\r\n';

let app: GiftApp;
let goOn: () => void = () => undefined;
const held = (): Promise<void> =>
  new Promise((resolve) => {
    goOn = resolve;
  });

beforeEach(async () => {
  app = await startGiftApp({ limits: { drainMs: 300 } });
});
afterEach(async () => {
  goOn();
  shopWindow.until = Promise.resolve();
  await app.stop();
});

describe('stopping', () => {
  it('lets an event in flight end, and says that the connection does too', async () => {
    app.shop.until = held();
    const line = await RawConnection.open(app.port);
    line.send(aWhisper);
    await eventually(() => expect(app.shop.handed).toHaveLength(1));

    const stopped = app.stop();
    goOn();

    expect(await line.answer()).toMatchObject({ status: 204, headers: { connection: 'close' } });
    await Promise.all([stopped, line.closed]);
  });

  it('says so in the answers of the rest of the application too', async () => {
    shopWindow.until = held();
    const line = await RawConnection.open(app.port);
    line.send(SLOW);
    await eventually(() => expect(shopWindow.waiting).toBe(1));

    const stopped = app.stop();
    goOn();

    expect((await line.answer())?.headers.connection).toBe('close');
    await Promise.all([stopped, line.closed]);
  });

  it('takes an event whose body is still on its way', async () => {
    const line = await RawConnection.open(app.port);
    line.send(aWhisper.subarray(0, aWhisper.length - 5));
    const other = await RawConnection.open(app.port);
    expect((await other.send(aWhisper).answer())?.status).toBe(204);

    const stopped = app.stop();
    line.send(aWhisper.subarray(aWhisper.length - 5));

    expect(await line.answer()).toMatchObject({ status: 204, headers: { connection: 'close' } });
    await stopped;
  });

  it('resets nobody who sends one event after the other', async () => {
    const line = await RawConnection.open(app.port);
    const statuses: (number | undefined)[] = [];
    let stopped: Promise<void> | undefined;
    for (let connection = ''; connection !== 'close';) {
      const answer = await line.send(aWhisper).answer();
      statuses.push(answer?.status);
      connection = answer?.headers.connection ?? 'close';
      if (statuses.length === 10) stopped = app.stop();
    }
    await Promise.all([stopped, line.closed]);

    expect(statuses).toEqual(Array(statuses.length).fill(204));
    expect(app.shop.handed).toHaveLength(statuses.length);
    expect(statuses.length).toBeGreaterThan(10);
  });

  it('does not wait for connections that are idle, nor for those never used', async () => {
    const idle = await RawConnection.open(app.port);
    expect((await idle.send(aWhisper).answer())?.status).toBe(204);
    const unused = await RawConnection.open(app.port);

    await app.stop();

    await Promise.all([idle.closed, unused.closed]);
  });

  it('cuts off what takes too long', async () => {
    app.shop.until = held();
    const line = await RawConnection.open(app.port);
    line.send(aWhisper);
    await eventually(() => expect(app.shop.handed).toHaveLength(1));

    await app.stop();

    expect(await line.answer()).toBeNull();
  });
});
