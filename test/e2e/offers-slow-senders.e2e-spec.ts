import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { INestApplication } from '@nestjs/common';
import { ApiKeys } from '#libs/access';
import { Database } from '#libs/database';
import { createDatabase } from '../support/postgres.mjs';
import { RawConnection, rawPost } from '../support/raw-connection.js';
import { startRooms, stopRooms } from '../support/rooms.js';
import { until } from '../support/until.js';

const HEADER = 'offerId,productId,producerId\n';
const REQUEST_MS = 500;
const IDLE_MS = 400;

let own: Awaited<ReturnType<typeof createDatabase>>;
let app: INestApplication;
let port: number;
let key: string;
let open: RawConnection[] = [];

beforeAll(async () => {
  own = await createDatabase();
  app = await startRooms(own.url, {
    limits: {
      headersTimeoutMs: 300,
      requestTimeoutMs: REQUEST_MS,
      connectionsCheckingIntervalMs: 50,
    },
    streamIdleMs: IDLE_MS,
  });
  await app.listen(0, '127.0.0.1');
  port = (app.getHttpServer() as { address(): AddressInfo }).address().port;
  await app.get(Database).ready();
  key = (await app.get(ApiKeys).create({ name: 'admin', scopes: ['admin'] })).key;
  await until('the key is known', async () => {
    const headers = { authorization: `Bearer ${key}` };
    return (await fetch(`http://127.0.0.1:${port}/offers`, { headers })).status === 200;
  });
});
beforeEach(() => app.get(Database).query('DELETE FROM offers'));
afterEach(() => {
  for (const line of open) line.close();
  open = [];
});
afterAll(async () => {
  await stopRooms(app);
  await own.drop();
});

async function connection(): Promise<RawConnection> {
  const line = await RawConnection.open(port);
  open.push(line);
  return line;
}

const stored = async (): Promise<number> => {
  const [row] = await app
    .get(Database)
    .query<{ count: number }>('SELECT count(*)::int AS count FROM offers');
  return row!.count;
};

/** The head of an import whose body comes in chunks. */
const anImport = (authorization = `Bearer ${key}`): Buffer =>
  rawPost('/offers/import', '', {
    'Content-Type': 'text/csv',
    'Content-Length': undefined,
    'Transfer-Encoding': 'chunked',
    Authorization: authorization,
  });
const aChunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
const THE_END = '0\r\n\r\n';

describe('a long import', () => {
  it('takes longer than any other request may, and its connection is used again', async () => {
    const line = await connection();
    line.send(anImport(), aChunk(HEADER));
    const startedMs = performance.now();
    let sent = 0;
    while (performance.now() - startedMs < 3 * REQUEST_MS) {
      line.send(aChunk(`offer-${++sent},p,q\n`));
      await pause(IDLE_MS / 8);
    }

    line.send(THE_END);
    const first = await line.answer();
    line.send(anImport(), aChunk(`${HEADER}another,p,q\n`), THE_END);
    const second = await line.answer();

    expect([first?.status, second?.status]).toEqual([200, 200]);
    expect(JSON.parse(first!.body)).toMatchObject({ read: sent, created: sent });
    expect(await stored()).toBe(sent + 1);
  });

  it('ends with 408 when nothing comes any more, and says how far it came', async () => {
    const line = await connection();

    const answer = await line.send(anImport(), aChunk(`${HEADER}a,p,q\nb,p`)).answer();

    expect(answer).toMatchObject({ status: 408, headers: { connection: 'close' } });
    expect(JSON.parse(answer!.body)).toMatchObject({
      code: 'REQUEST_TIMEOUT',
      report: { read: 1, created: 1 },
    });
    await line.closed;
    expect(await stored()).toBe(1);
  });

  it('ends when nothing comes any more after it took longer than any other', async () => {
    const line = await connection();
    line.send(anImport(), aChunk(HEADER));
    for (let i = 0; i < 20; i++) {
      line.send(aChunk(`offer-${i},p,q\n`));
      await pause(REQUEST_MS / 10);
    }

    const answer = await line.answer();

    expect(answer).toMatchObject({ status: 408 });
    await line.closed;
    expect(await stored()).toBe(20);
  });

  it('keeps what was whole when its sender leaves in the middle', async () => {
    const line = await connection();
    line.send(anImport(), aChunk(`${HEADER}a,p,q\nb,p,q\nc,p,producer-with-a-long-na`));
    await pause(0);

    line.socket.end();
    await line.closed;

    await until('the import ended', async () => (await stored()) > 0);
    expect(await stored()).toBe(2);
  });

  it('keeps what was whole when a chunk is broken, also late', async () => {
    const line = await connection();
    line.send(anImport(), aChunk(`${HEADER}a,p,q\n`));
    for (let i = 0; i < 20; i++) {
      line.send(aChunk(`offer-${i},p,q\n`));
      await pause(REQUEST_MS / 10);
    }

    line.send('nonsense\r\n');
    await line.closed;

    await until('the import ended', async () => (await stored()) > 0);
    expect(await stored()).toBe(21);
  });

  it('answers a sender whose header is wrong, though more would come', async () => {
    const line = await connection();

    const answer = await line.send(anImport(), aChunk('offerId,price\na,1\n')).answer();

    expect(answer).toMatchObject({ status: 400, headers: { connection: 'close' } });
    await line.closed;
  });
});

describe('a slow sender of an import', () => {
  it('is cut off before it has shown a key, however steadily it drips', async () => {
    const line = await connection();
    const head = anImport().values();
    const drip = setInterval(() => line.send(Buffer.of(head.next().value ?? 0x20)), 20);

    const answer = await line.answer();
    clearInterval(drip);

    expect(answer?.status).toBe(408);
    await line.closed;
  });

  it('is cut off in its body without a key that opens', async () => {
    const line = await connection();
    line.send(anImport('Bearer nonsense'), aChunk(HEADER));
    const refusal = await line.answer();
    const startedMs = performance.now();
    const drip = setInterval(() => line.send(aChunk('a,p,q\n')), 20);

    await line.closed;
    clearInterval(drip);

    expect(refusal?.status).toBe(401);
    expect(performance.now() - startedMs).toBeLessThan(5 * REQUEST_MS);
    expect(await stored()).toBe(0);
  });

  it('is cut off in the head of the next request of its connection', async () => {
    const line = await connection();
    line.send(anImport(), aChunk(HEADER));
    for (let i = 0; i < 15; i++) {
      line.send(aChunk(`offer-${i},p,q\n`));
      await pause(REQUEST_MS / 10);
    }
    line.send(THE_END);
    const first = await line.answer();

    const second = await line.send('POST /offers/import HTTP/1.1\r\nHost: te').answer();

    expect([first?.status, second?.status]).toEqual([200, 408]);
    await line.closed;
  });

  it('does not exempt other requests: their bodies have their time, not more', async () => {
    const line = await connection();
    const authorization = `Bearer ${key}`;
    const put = rawPost('/offers/a', '', { Authorization: authorization, 'Content-Length': '500' });
    line.send(put.toString().replace('POST', 'PUT'));
    const drip = setInterval(() => line.send(' '), 20);

    const answer = await line.answer();
    clearInterval(drip);

    expect(answer?.status).toBe(408);
    await line.closed;
  });
});
