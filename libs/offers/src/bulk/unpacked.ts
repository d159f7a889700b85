import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

const GZIP = Buffer.of(0x1f, 0x8b);

/** The bytes of a file as they are, or unpacked where they are gzip: no text begins like that. */
export async function* unpacked(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  const rest = bytes[Symbol.asyncIterator]();
  const first = await rest.next();
  if (first.done) return;
  const whole = joined(first.value, { [Symbol.asyncIterator]: () => rest });
  const isGzip = first.value.subarray(0, GZIP.length).equals(GZIP);
  yield* isGzip ? gunzipped(whole) : whole;
}

/** Whoever reads the last stream hears what becomes of the first. */
const gunzipped = (bytes: AsyncIterable<Buffer>): AsyncIterable<Buffer> =>
  pipeline(Readable.from(bytes), createGunzip(), () => undefined);

async function* joined(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  yield first;
  yield* rest;
}
