import { describe, expect, it } from '@jest/globals';
import { PinoLogger } from './pino-logger.js';

describe('the logger', () => {
  const lines: string[] = [];
  const logger = new PinoLogger('info', { write: (line: string) => void lines.push(line) });
  const last = () => JSON.parse(lines.at(-1) ?? '') as Record<string, unknown>;

  it('writes an object as one line with level and time', () => {
    logger.log({ type: 'SOMETHING', note: 'first\nsecond\u2028third' }, 'room');

    expect(lines.at(-1)?.trimEnd()).not.toContain('\n');
    expect(last()).toMatchObject({ level: 'info', type: 'SOMETHING' });
    expect(Date.parse(String(last()['time']))).not.toBeNaN();
  });

  it('writes no control character and no other end of a line, and loses none', () => {
    const note = 'a\u0000\u001b[31m\u007f\u0085\u009b\u2028\u2029b é 😀';

    logger.log({ type: 'SOMETHING', note });

    expect(lines.at(-1)?.trimEnd()).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
    expect(last()).toMatchObject({ note });
  });

  it.each([
    [{ type: 'A', note: 'a "quoted"\\ text\n', left: undefined, count: 1.5, odd: NaN }],
    [{ type: 'A', note: 'ab 😀\u007f\u2028', count: 1.5, minus: -0 }],
    [{ type: 'A', left: undefined, note: 'b' }],
    [{ type: 'A', authorization: 'Bearer s3cret' }],
    [{ type: 'A', parts: ['b'], none: null }],
    [{}],
  ])('writes %j as a warning is written, but for its level', (message) => {
    const withoutTime = (line: string) => line.replace(/"time":"[^"]+"/, '');
    logger.log(message);
    const line = lines.at(-1)!;
    logger.warn(message);

    expect(withoutTime(line).replace('info', 'warn')).toBe(withoutTime(lines.at(-1)!));
    expect(line).not.toContain('s3cret');
  });

  it('writes nothing below its level', () => {
    const before = lines.length;
    const quiet = new PinoLogger('warn', { write: (line: string) => void lines.push(line) });
    quiet.log({ type: 'SOMETHING' });
    quiet.flush();

    expect(lines).toHaveLength(before);
  });

  it('writes a plain text of a library as an object too', () => {
    logger.error('it broke', 'Error: it broke\n  at x', 'Library');

    expect(last()).toMatchObject({ level: 'error', context: 'Library', msg: 'it broke' });
  });

  it('never writes what opens a door', () => {
    logger.log({ type: 'X', headers: { authorization: 'Bearer s3cret', 'x-api-key': 's3cret' } });

    expect(lines.at(-1)).not.toContain('s3cret');
  });
});
