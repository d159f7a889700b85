import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { describeWith, hasProgram } from '../support/needs.js';
import { type SystemCall, systemCalls } from '../support/system-calls.js';

const APPENDER = join(import.meta.dirname, '../support/journal-appender.mjs');

const fileOf = ({ text }: SystemCall): string | undefined => /^\w+\((\d+)/.exec(text)?.[1];

/** The sync that began after the write had ended, of the same file, and succeeded. */
const syncAfter = (calls: readonly SystemCall[], write: SystemCall): SystemCall | undefined =>
  calls.find(
    (call) =>
      call.name === 'fdatasync' &&
      fileOf(call) === fileOf(write) &&
      call.began > write.ended &&
      call.text.endsWith('= 0'),
  );

describeWith(hasProgram('strace'), 'no strace here')('an acknowledgement of the journal', () => {
  it('leaves after the sync of its event, for every event', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'journal-strace-'));
    const record = join(folder, 'calls');
    const watch = ['-f', '-qq', '-s', '100000', '-e', 'trace=pwrite64,fdatasync,write'];
    const appender = [process.execPath, APPENDER, join(folder, 'journal'), '300', '16'];

    await promisify(execFile)('strace', [...watch, '-o', record, ...appender]);
    const calls = systemCalls(await readFile(record, 'utf8'));
    await rm(folder, { recursive: true });

    const writes = calls.filter(({ name }) => name === 'pwrite64');
    const answers = calls.filter(({ text }) => text.startsWith('write(1, "acknowledged'));
    const early = answers.filter((answer) => {
      const id = /event-\d+/.exec(answer.text)?.[0] as string;
      const write = writes.find(({ text }) => text.includes(id));
      const sync = write && syncAfter(calls, write);
      return sync === undefined || sync.ended > answer.began;
    });
    expect(answers).toHaveLength(300);
    expect(early).toEqual([]);
  }, 60_000);
});
