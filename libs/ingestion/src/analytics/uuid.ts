import { hash, randomFillSync } from 'node:crypto';

/** Of our names for events: made once, by chance. */
const NAMESPACE = Buffer.from('6e1d0c1f8f5b4b0b9a4e5b1f6c3f2a77', 'hex');

const BYTES = 16;
const TIME_BYTES = 6;

/** Chance comes in stocks: to ask the system for each id takes ten times as long as all the rest. */
const stock = Buffer.allocUnsafeSlow(256 * BYTES);
let used = stock.length;

/** A UUID of version 5: the same for the same name, wherever and whenever it is made. */
export function uuidOfName(name: string): string {
  return uuidOf(5, hash('sha1', Buffer.concat([NAMESPACE, Buffer.from(name)]), 'buffer'));
}

/** A UUID of version 7, in the order of time; `atMs` is milliseconds since 1970. */
export function uuidOfTime(atMs: number): string {
  if (used === stock.length) {
    randomFillSync(stock);
    used = 0;
  }
  const bytes = stock.subarray(used, (used += BYTES));
  bytes.writeUIntBE(atMs, 0, TIME_BYTES);
  return uuidOf(7, bytes);
}

const DIGITS = Buffer.from('0123456789abcdef');
/** Where the two digits of each byte stand between the dashes. */
const PLACES = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
const text = Buffer.alloc(36, '-');

/** Written into one text that is made anew each time: no parts are put together, nor looked for. */
function uuidOf(version: number, bytes: Buffer): string {
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | (version << 4), 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  PLACES.forEach((place, i) => {
    const byte = bytes.readUInt8(i);
    text[place] = DIGITS.readUInt8(byte >> 4);
    text[place + 1] = DIGITS.readUInt8(byte & 0x0f);
  });
  return text.toString('latin1');
}
