import { beforeEach, describe, expect, it } from '@jest/globals';
import { LineChunks } from './line-chunks.js';

describe('lines of the log', () => {
  let written: string[];
  let lines: LineChunks;

  beforeEach(() => {
    written = [];
    lines = new LineChunks({
      write: (chunk) => void written.push(chunk.toString()),
      flushSync: () => void written.push('synced'),
    });
  });

  it('are handed on together once they are worth a write', () => {
    for (let i = 0; i < 400; i++) lines.write(`${'x'.repeat(99)}\n`);

    expect(written).toEqual([`${'x'.repeat(99)}\n`.repeat(325)]);
  });

  it('are handed on in their order, each once, when they are flushed', () => {
    lines.write('first\n');
    lines.write('second\n');
    lines.flush();
    lines.flush();

    expect(written).toEqual(['first\nsecond\n']);
  });

  it('stay in their order where one is longer than what is written at once', () => {
    const long = `${'€'.repeat(20_000)}\n`;
    lines.write('first\n');
    lines.write(long);
    lines.write('last\n');
    lines.flush();

    expect(written).toEqual(['first\n', long, 'last\n']);
  });

  it('are the same text, whatever it holds', () => {
    const texts = ['é€😀\n', `${'é'.repeat(5_000)}\n`, 'z\n'];
    for (const text of texts) lines.write(text);
    lines.flush();

    expect(written.join('')).toBe(texts.join(''));
  });

  it('are written whole at the end', () => {
    lines.write('last\n');
    lines.flushSync();

    expect(written).toEqual(['last\n', 'synced']);
  });
});
