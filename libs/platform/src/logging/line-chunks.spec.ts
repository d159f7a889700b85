import { beforeEach, describe, expect, it } from '@jest/globals';
import { LineChunks } from './line-chunks.js';

describe('lines of the log', () => {
  let written: string[];
  let lines: LineChunks;

  beforeEach(() => {
    written = [];
    lines = new LineChunks({
      write: (chunk) => void written.push(chunk),
      flushSync: () => void written.push('synced'),
    });
  });

  it('are handed on together once they are worth a write', () => {
    for (let i = 0; i < 100; i++) lines.write(`${'x'.repeat(99)}\n`);

    expect(written).toEqual([`${'x'.repeat(99)}\n`.repeat(82)]);
  });

  it('are handed on in their order, each once, when they are flushed', () => {
    lines.write('first\n');
    lines.write('second\n');
    lines.flush();
    lines.flush();

    expect(written).toEqual(['first\nsecond\n']);
  });

  it('are written whole at the end', () => {
    lines.write('last\n');
    lines.flushSync();

    expect(written).toEqual(['last\n', 'synced']);
  });
});
