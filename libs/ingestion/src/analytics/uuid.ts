import { createHash, randomBytes } from 'node:crypto';

/** Of our names for events: made once, by chance. */
const NAMESPACE = Buffer.from('6e1d0c1f8f5b4b0b9a4e5b1f6c3f2a77', 'hex');

const TIME_BYTES = 6;

/** A UUID of version 5: the same for the same name, wherever and whenever it is made. */
export function uuidOfName(name: string): string {
  const hash = createHash('sha1').update(NAMESPACE).update(name).digest();
  return uuidOf(5, hash.subarray(0, 16));
}

/** A UUID of version 7, in the order of time; `atMs` is milliseconds since 1970. */
export function uuidOfTime(atMs: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(atMs, 0, TIME_BYTES);
  return uuidOf(7, bytes);
}

function uuidOf(version: number, bytes: Buffer): string {
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | (version << 4), 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
