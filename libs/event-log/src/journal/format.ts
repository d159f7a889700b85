import { crc32 } from 'node:zlib';

/**
 * How a record lies in a segment:
 *
 *     FF 46 4A | version | CRC-32 | length | payload (JSON text, UTF-8)
 *        3          1        4        4        length
 *
 * Numbers are little-endian. The checksum covers everything but itself.
 */
export const HEADER_BYTES = 12;

/** Begins every record. The byte FF never occurs in UTF-8, so no payload can forge a record. */
export const MAGIC = Buffer.from([0xff, 0x46, 0x4a]);

const VERSION = 1;
const START = Buffer.from([...MAGIC, VERSION]);
const START_AS_NUMBER = START.readUInt32LE();
const START_CHECKSUM = crc32(START);
const CRC_AT = 4;
const LENGTH_AT = 8;

/** Makes a record of the payload that lies between the header's end and `end` already. */
export function writeHeader(into: Buffer, at: number, end: number): void {
  into.writeUInt32LE(START_AS_NUMBER, at);
  into.writeUInt32LE(end - at - HEADER_BYTES, at + LENGTH_AT);
  into.writeUInt32LE(checksum(into, at, end), at + CRC_AT);
}

/** Where the record at `at` ends, or null when there is no sound record. Never throws. */
export function endOfRecord(segment: Buffer, at: number): number | null {
  const end = claimedEnd(segment, at);
  if (end === null) return null;
  return checksum(segment, at, end) === segment.readUInt32LE(at + CRC_AT) ? end : null;
}

/** Where the record at `at` says that it ends: bounded by the segment, but not verified. */
export function claimedEnd(segment: Buffer, at: number): number | null {
  if (at + HEADER_BYTES > segment.length) return null;
  if (segment.readUInt32LE(at) !== START_AS_NUMBER) return null;
  const end = at + HEADER_BYTES + segment.readUInt32LE(at + LENGTH_AT);
  return end > at + HEADER_BYTES && end <= segment.length ? end : null;
}

/** The payload of the sound record between `start` and `end`. */
export const textOf = (segment: Buffer, start: number, end: number): string =>
  segment.toString('utf8', start + HEADER_BYTES, end);

const checksum = (bytes: Buffer, at: number, end: number): number =>
  crc32(bytes.subarray(at + LENGTH_AT, end), START_CHECKSUM);
