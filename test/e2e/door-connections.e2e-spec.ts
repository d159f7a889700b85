import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { eventually } from '../support/eventually.js';
import { type GiftApp, startGiftApp } from '../support/gift-app.js';
import { GIFT_LIMIT } from '../support/gift-contract.js';
import { RawConnection, rawPost } from '../support/raw-connection.js';

const SNOW = '{"text":"snow"}';

let app: GiftApp;
let open: RawConnection[] = [];

beforeAll(async () => {
  app = await startGiftApp({
    limits: { headersTimeoutMs: 300, requestTimeoutMs: 600, connectionsCheckingIntervalMs: 50 },
  });
});
beforeEach(() => app.shop.reset());
afterEach(() => {
  for (const line of open) line.close();
  open = [];
});
afterAll(() => app.stop());

async function connection(): Promise<RawConnection> {
  const line = await RawConnection.open(app.port);
  open.push(line);
  return line;
}

const aWhisper = (headers = {}, body: string | Buffer = SNOW) =>
  rawPost('/whispers', body, headers);
const ofLength = (length: number) => JSON.stringify({ text: 's'.repeat(length - 11) });

describe('a connection', () => {
  it.each([
    ['a breach', aWhisper({}, '{}'), 400],
    ['broken JSON', aWhisper({}, '{'), 400],
    ['an empty body', aWhisper({}, ''), 400],
    ['no length at all', aWhisper({ 'Content-Length': undefined }, ''), 400],
    ['a media type', aWhisper({ 'Content-Type': 'text/plain' }), 415],
    ['no media type', aWhisper({ 'Content-Type': undefined }), 415],
    ['an encoding', aWhisper({ 'Content-Encoding': 'br' }), 415],
    ['broken gzip', aWhisper({ 'Content-Encoding': 'gzip' }), 400],
    [
      'a gzip bomb',
      aWhisper({ 'Content-Encoding': 'gzip' }, gzipSync(Buffer.alloc(1_500_000))),
      413,
    ],
    ['credentials', rawPost('/wishes', SNOW, { Authorization: 'Bearer nonsense' }), 401],
    ['a missing right', rawPost('/gifts', SNOW, { Authorization: 'Bearer reader' }), 403],
    ['keys that are away', rawPost('/gifts', SNOW, { Authorization: 'Bearer away' }), 503],
  ])('is used again after a refusal for %s', async (_what, request, status) => {
    const line = await connection();

    expect((await line.send(request).answer())?.status).toBe(status);
    expect((await line.send(aWhisper()).answer())?.status).toBe(204);
  });

  it('answers requests that come at once, in their order', async () => {
    const line = await connection();

    line.send(
      Buffer.concat([aWhisper(), aWhisper({}, '{}'), rawPost('/wishes', SNOW), aWhisper()]),
    );

    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push((await line.answer())?.status);
    expect(statuses).toEqual([204, 400, 200, 204]);
  });

  it('takes a request that comes byte by byte', async () => {
    const line = await connection();

    for (const byte of aWhisper()) line.send(Buffer.of(byte));

    expect((await line.answer())?.status).toBe(204);
  });

  it('takes a body in chunks', async () => {
    const line = await connection();
    const headers = { 'Content-Length': undefined, 'Transfer-Encoding': 'chunked' };

    line.send(rawPost('/whispers', '6\r\n{"text\r\n9\r\n":"snow"}\r\n0\r\n\r\n', headers));

    expect((await line.answer())?.status).toBe(204);
  });
});

describe('a body', () => {
  it('may be as large as the limit', async () => {
    const line = await connection();

    expect((await line.send(aWhisper({}, ofLength(GIFT_LIMIT))).answer())?.status).toBe(204);
  });

  it.each([
    ['one byte larger', aWhisper({}, ofLength(GIFT_LIMIT + 1))],
    ['announced far larger, and sent', aWhisper({}, Buffer.alloc(600_000, 0x20))],
    ['announced larger, and not sent', aWhisper({ 'Content-Length': '5000' })],
    ['announced absurdly large', aWhisper({ 'Content-Length': '99999999999999' })],
    [
      'without an announced length',
      rawPost('/whispers', `fa0\r\n${' '.repeat(4_000)}\r\n`, {
        'Content-Length': undefined,
        'Transfer-Encoding': 'chunked',
      }),
    ],
  ])('is refused so that the sender sees it: %s', async (_what, request) => {
    const line = await connection();

    const answer = await line.send(request).answer();

    expect(answer).toMatchObject({ status: 413, headers: { connection: 'close' } });
    expect(JSON.parse(answer?.body ?? '')).toEqual({
      breaches: [{ field: 'body', reason: `is larger than ${GIFT_LIMIT} bytes` }],
    });
    await line.closed;
    expect(app.shop.refusals).toMatchObject([{ reason: 'too_large', payload: null }]);
  });

  it('may be packed', async () => {
    const line = await connection();
    for (const encoding of ['gzip', 'x-gzip', 'GZIP']) {
      const request = aWhisper({ 'Content-Encoding': encoding }, gzipSync(SNOW));

      expect((await line.send(request).answer())?.status).toBe(204);
    }
  });

  it('may be declared to be unpacked', async () => {
    const line = await connection();

    const answer = await line.send(aWhisper({ 'Content-Encoding': 'identity' })).answer();

    expect(answer?.status).toBe(204);
  });

  it('is held to the limit unpacked, to the byte', async () => {
    const line = await connection();
    const packed = (length: number) =>
      aWhisper({ 'Content-Encoding': 'gzip' }, gzipSync(ofLength(length)));

    expect((await line.send(packed(GIFT_LIMIT)).answer())?.status).toBe(204);
    expect((await line.send(packed(GIFT_LIMIT + 1)).answer())?.status).toBe(413);
  });

  it('is sent only once the sender is told to continue', async () => {
    const line = await connection();
    const [head, body] = split(aWhisper({ Expect: '100-continue' }));

    expect((await line.send(head).answer())?.status).toBe(100);
    expect((await line.send(body).answer())?.status).toBe(204);
  });

  it('is not asked for where it would be refused', async () => {
    const line = await connection();
    const [head] = split(aWhisper({ Expect: '100-continue', 'Content-Length': '5000' }));

    const answer = await line.send(head).answer();

    expect(answer).toMatchObject({ status: 413, headers: { connection: 'close' } });
  });

  it('counts as aborted when its sender leaves', async () => {
    const before = await app.figure('events_invalid_total', {
      contract: 'whisper',
      reason: 'aborted',
    });
    const line = await connection();

    line.send(aWhisper({ 'Content-Length': '500' }));
    line.socket.end();

    await eventually(async () =>
      expect(
        await app.figure('events_invalid_total', { contract: 'whisper', reason: 'aborted' }),
      ).toBe(before + 1),
    );
    expect(app.shop.refusals).toHaveLength(0);
  });
});

describe('a slow sender', () => {
  it('is cut off in its head', async () => {
    const line = await connection();

    const answer = await line.send('POST /whispers HTTP/1.1\r\nHost: te').answer();

    expect(answer).toMatchObject({ status: 408, headers: { connection: 'close' } });
    await line.closed;
  });

  it('is cut off before it sends anything', async () => {
    const line = await connection();

    await line.closed;
    expect(await line.answer()).toMatchObject({ status: 408 });
  });

  it('is cut off in its body, however steadily it drips', async () => {
    const line = await connection();
    const [head, body] = split(aWhisper({ 'Content-Length': '1000' }));
    line.send(head);
    const drip = setInterval(() => line.send(body.subarray(0, 1)), 20);

    const answer = await line.answer();
    clearInterval(drip);

    expect(answer).toMatchObject({ status: 408, headers: { connection: 'close' } });
    await line.closed;
  });

  it('is cut off when it announces a body and sends none', async () => {
    const line = await connection();

    const answer = await line.send(split(aWhisper())[0]).answer();

    expect(answer).toMatchObject({ status: 408 });
    await line.closed;
    expect(app.shop.handed).toHaveLength(0);
  });
});

describe('what is no clean request', () => {
  it.each([
    ['two lengths', aWhisper({ 'Content-Length': '15\r\nContent-Length: 16' }), 400],
    ['a length and chunks', aWhisper({ 'Transfer-Encoding': 'chunked' }), 400],
    ['an odd transfer encoding', chunked('chunked, identity'), 400],
    ['a length that is no number', aWhisper({ 'Content-Length': '+15' }), 400],
    ['a negative length', aWhisper({ 'Content-Length': '-1' }), 400],
    ['a space before a colon', aWhisper({ 'X-Odd ': '1' }), 400],
    ['a folded header', aWhisper({ 'X-Odd': '1\r\n 2' }), 400],
    ['a NUL in a header', aWhisper({ 'X-Odd': '1\0' }), 400],
    ['no host', aWhisper({ Host: undefined }), 400],
    ['bytes of another protocol', Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc]), 400],
    ['a head that is too large', aWhisper({ 'X-Large': 'x'.repeat(17_000) }), 431],
    ['a broken chunk', chunked('chunked', 'zz\r\n'), 400],
  ])('is refused and closed: %s', async (_what, request, status) => {
    const line = await connection();

    const answer = await line.send(request).answer();

    expect(answer).toMatchObject({ status, headers: { connection: 'close' } });
    await line.closed;
    expect(app.shop.handed).toHaveLength(0);
  });

  it('does not take the answer away from the request before it', async () => {
    const line = await connection();
    let goOn = (): void => undefined;
    app.shop.until = new Promise((resolve) => {
      goOn = resolve;
    });

    line.send(aWhisper(), 'NONSENSE\r\n\r\n');
    await eventually(() => expect(app.shop.handed).toHaveLength(1));
    goOn();

    expect((await line.answer())?.status).toBe(204);
    await line.closed;
  });

  it('may be half closed: who has said all still hears the answer', async () => {
    const line = await connection();
    let goOn = (): void => undefined;
    app.shop.until = new Promise((resolve) => {
      goOn = resolve;
    });

    line.send(aWhisper());
    line.socket.end();
    await eventually(() => expect(app.shop.handed).toHaveLength(1));
    await (await connection()).send(rawPost('/nowhere', SNOW)).answer();
    goOn();

    expect((await line.answer())?.status).toBe(204);
    await line.closed;
  });

  it('may expect what nobody knows', async () => {
    const line = await connection();

    expect((await line.send(aWhisper({ Expect: 'applause' })).answer())?.status).toBe(204);
  });

  it('harms nobody when its sender resets the connection', async () => {
    const line = await connection();
    line.send(aWhisper({ 'Content-Length': '500' }));
    line.socket.resetAndDestroy();
    await line.closed;

    expect((await (await connection()).send(aWhisper()).answer())?.status).toBe(204);
  });
});

describe('too many connections', () => {
  it('are turned away, and the others go on', async () => {
    const small = await startGiftApp({ limits: { maxConnections: 1 } });
    const first = await RawConnection.open(small.port);
    expect((await first.send(aWhisper()).answer())?.status).toBe(204);

    const second = await RawConnection.open(small.port);

    await second.closed;
    expect((await first.send(aWhisper()).answer())?.status).toBe(204);
    await small.stop();
  });
});

describe('requests that are not for a door', () => {
  it('reach Express with their body and their expectation', async () => {
    const line = await connection();
    const [head, body] = split(rawPost('/nowhere', SNOW, { Expect: '100-continue' }));

    expect((await line.send(head).answer())?.status).toBe(100);
    expect((await line.send(body).answer())?.status).toBe(404);
  });
});

function chunked(encoding: string, body = '0\r\n\r\n'): Buffer {
  return rawPost('/whispers', body, {
    'Content-Length': undefined,
    'Transfer-Encoding': encoding,
  });
}

function split(request: Buffer): [Buffer, Buffer] {
  const end = request.indexOf('\r\n\r\n') + 4;
  return [request.subarray(0, end), request.subarray(end)];
}
