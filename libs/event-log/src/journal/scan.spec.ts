import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { HEADER_BYTES, MAGIC, textOf, writeHeader } from './format.js';
import { type Finding, findNext } from './scan.js';

function recordOf(text: string): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES + Buffer.byteLength(text));
  bytes.write(text, HEADER_BYTES);
  writeHeader(bytes, 0, bytes.length);
  return bytes;
}

/** A segment with these texts, followed by zeros. */
const segmentOf = (texts: readonly string[], zeros = 100): Buffer =>
  Buffer.concat([...texts.map(recordOf), Buffer.alloc(zeros)]);

function findingsIn(segment: Buffer): Finding[] {
  const findings: Finding[] = [];
  let at = 0;
  for (;;) {
    const found = findNext(segment, at);
    findings.push(found);
    if (found.kind === 'end' || found.kind === 'torn') return findings;
    at = found.end;
  }
}

const textsIn = (segment: Buffer): string[] =>
  findingsIn(segment).flatMap((found) =>
    found.kind === 'record' ? [textOf(segment, found.start, found.end)] : [],
  );

const kindsIn = (segment: Buffer): string[] => findingsIn(segment).map(({ kind }) => kind);

const startOf = (texts: readonly string[], index: number): number =>
  texts.slice(0, index).reduce((sum, text) => sum + recordOf(text).length, 0);

const json = fc.object().map((value) => JSON.stringify(value));
const TEXTS = ['{"a":1}', '{"b":"é👍"}', '{"c":3}'];

describe('scanning a segment', () => {
  it('finds every record that was written', () => {
    fc.assert(
      fc.property(fc.array(json), fc.nat(200_000), (texts, zeros) => {
        expect(textsIn(segmentOf(texts, zeros))).toEqual(texts);
      }),
      { numRuns: 50 },
    );
  });

  it('loses one record alone to one altered bit, wherever it is', () => {
    const whole = segmentOf(TEXTS, 0);
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const segment = Buffer.concat([whole, Buffer.alloc(50)]);
      segment[bit >> 3] = (segment[bit >> 3] as number) ^ (1 << (bit & 7));
      const hit = TEXTS.findIndex((_, i) => bit >> 3 < startOf(TEXTS, i + 1));

      expect(textsIn(segment)).toEqual(TEXTS.filter((_, i) => i !== hit));
    }
  });

  it('tells an altered last record from a torn one', () => {
    const segment = segmentOf(TEXTS);
    const lastPayload = startOf(TEXTS, 2) + HEADER_BYTES;
    segment[lastPayload + 2] = 0x58;

    expect(kindsIn(segment)).toEqual(['record', 'record', 'damaged', 'end']);
  });

  it('finds the same sound records, and one torn tail, wherever the last write was cut', () => {
    const whole = segmentOf(TEXTS, 0);
    for (let cut = startOf(TEXTS, 2) + 1; cut < whole.length; cut++) {
      const segment = Buffer.concat([whole.subarray(0, cut), Buffer.alloc(100)]);

      expect(kindsIn(segment)).toEqual(['record', 'record', 'torn']);
      expect(kindsIn(whole.subarray(0, cut))).toEqual(['record', 'record', 'torn']);
    }
  });

  it('finds what follows zeroed first pages', () => {
    const texts = Array.from({ length: 200 }, (_, i) => JSON.stringify({ i, pad: 'x'.repeat(50) }));
    const segment = segmentOf(texts);
    segment.fill(0, 0, 8192);

    const found = textsIn(segment);

    expect(found).toEqual(texts.slice(-found.length));
    expect(found.length).toBeGreaterThan(50);
    expect(kindsIn(segment).filter((kind) => kind === 'damaged')).toHaveLength(1);
  });

  it('counts neighbours that were damaged together', () => {
    const segment = segmentOf([...TEXTS, ...TEXTS]);
    for (const i of [1, 2]) segment[startOf(TEXTS, i) + HEADER_BYTES] = 0x58;

    expect(findingsIn(segment)).toContainEqual(
      expect.objectContaining({ kind: 'damaged', records: 2 }),
    );
  });

  it('leaves a record of an unknown version aside', () => {
    const segment = segmentOf(TEXTS);
    segment[startOf(TEXTS, 1) + MAGIC.length] = 2;

    expect(kindsIn(segment)).toEqual(['record', 'damaged', 'record', 'end']);
  });

  it('comes to an end on any bytes, and covers them without overlap', () => {
    const noise = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
    const start = fc.constant(Buffer.from([...MAGIC, 1]));
    const sound = json.map((text) => segmentOf([text], 0));
    const pieces = fc.array(fc.oneof(noise, start, sound), { maxLength: 20 });
    fc.assert(
      fc.property(pieces, (parts) => {
        const segment = Buffer.concat(parts);
        let at = 0;
        for (const found of findingsIn(segment)) {
          if (found.kind === 'end') break;
          expect(found.start).toBe(at);
          expect(found.end).toBeGreaterThan(at);
          at = found.end;
        }
        expect(segment.subarray(at).every((byte) => byte === 0)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('looks at a segment full of false starts once, not once for each', () => {
    const falseStart = Buffer.alloc(16, 0x41);
    Buffer.from([...MAGIC, 1]).copy(falseStart);
    falseStart.writeUInt32LE(1_000_000, 8);
    const segment = Buffer.alloc(4 * 1024 * 1024, falseStart);

    const start = process.cpuUsage();
    findingsIn(segment);
    const { user } = process.cpuUsage(start);

    // Without the look for FF it is about a minute.
    expect(user).toBeLessThan(5_000_000);
  });
});
