import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { type GiftApp, startGiftApp } from '../support/gift-app.js';
import { RawConnection, rawPost } from '../support/raw-connection.js';

let app: GiftApp;

beforeAll(async () => {
  app = await startGiftApp();
});
afterAll(() => app.stop());

const SNOW = '{"text":"snow"}';

const paths = fc.constantFrom('/whispers', '/wishes', '/wishes/batch', '/gifts', '/gifts/batch');
const headers = fc.dictionary(
  fc.constantFrom(
    ...['Authorization', 'Content-Type', 'Content-Encoding', 'Content-Length', 'Origin', 'DNT'],
    ...['Transfer-Encoding', 'Expect', 'Connection', 'Upgrade', 'X-Forwarded-For', 'User-Agent'],
  ),
  fc.oneof(
    fc.constantFrom('Bearer giver', 'application/json', 'gzip', '0', '15', 'chunked', 'close'),
    fc.constantFrom('100-continue', 'Upgrade', 'websocket', 'null', '__proto__', '1', ''),
    fc.string({ unit: 'binary-ascii', maxLength: 20 }),
  ),
  { maxKeys: 4 },
);
const bodies = fc.oneof(
  fc.json().map((text) => Buffer.from(text)),
  fc
    .array(fc.constantFrom('[', ']', '{', '}', '"text"', ':', ',', '"', '1', SNOW))
    .map((parts) => Buffer.from(parts.join(''))),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
);
const requests = fc
  .tuple(paths, bodies, headers)
  .map(([path, body, more]) => rawPost(path, body, more));

/** A request with some of its bytes replaced, cut off or said twice. */
const damaged = fc
  .tuple(requests, fc.nat(400), fc.nat(40), fc.uint8Array({ maxLength: 20 }))
  .map(([request, at, count, bytes]) =>
    Buffer.concat([request.subarray(0, at), bytes, request.subarray(at + count)]),
  );

describe('whatever bytes are sent', () => {
  it('no answer blames us without cause, and the next sender is served', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(requests, damaged), { minLength: 1, maxLength: 3 }),
        async (all) => {
          const line = await RawConnection.open(app.port);
          line.send(...all);
          line.socket.end();
          for (let answer = await line.answer(); answer; answer = await line.answer()) {
            expect(answer.status).toBeLessThan(500);
          }
          line.close();

          const next = await RawConnection.open(app.port);
          const answer = await next.send(rawPost('/whispers', SNOW)).answer();
          next.close();

          expect(answer?.status).toBe(204);
        },
      ),
      { numRuns: 400 },
    );
  }, 60_000);
});
