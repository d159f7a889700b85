import { open } from 'node:fs/promises';
import { addAbortSignal, type Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import type { ImportReport } from '#libs/contracts';
import { ContractBreachError } from '#libs/platform';
import { choiceOf, endingOf, type Streams, UsageError } from './command-line.js';
import { countOf } from './count-of.js';
import { BrokenImportError, type FileImport } from './file-import.js';
import { Progress } from './progress.js';
import { unpacked } from './unpacked.js';

/** Imports the file that the words name, and shows how far it is and what became of it. */
export async function importFile<Line extends object>(
  imports: FileImport<Line>,
  words: readonly string[],
  streams: Streams,
): Promise<number> {
  const { positionals, values } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { format: { type: 'string' } },
  });
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) {
    throw new UsageError('An import takes one file, or - for standard input.');
  }
  const { format } = await choiceOf({ format: values.format ?? endingOf(file) });
  const { source, size } = await sourceOf(file, streams);
  const progress = new Progress(streams.messages, size, imports.noun);
  const bytes = unpacked(counted(source, (count) => progress.addBytes(count)));
  try {
    const report = await imports.run(bytes, format, (read) => progress.setLines(read));
    progress.stop();
    streams.messages.write(badLinesOf(report) + summaryOf(report, progress.seconds));
    return report.rejected > 0 ? 1 : 0;
  } catch (error) {
    progress.stop();
    streams.messages.write(failureOf(error, progress.seconds));
    return 1;
  } finally {
    source.destroy();
  }
}

async function sourceOf(
  file: string,
  { input, stop }: Streams,
): Promise<{ readonly source: Readable; readonly size: number | null }> {
  if (file === '-') return { source: addAbortSignal(stop, input), size: null };
  const handle = await open(file);
  const { size } = await handle.stat();
  return { source: addAbortSignal(stop, handle.createReadStream()), size };
}

async function* counted(
  source: Readable,
  count: (bytes: number) => void,
): AsyncGenerator<Buffer, void> {
  for await (const chunk of source) {
    count((chunk as Buffer).length);
    yield chunk as Buffer;
  }
}

const summaryOf = (report: ImportReport, seconds: number): string => {
  const { read, created, changed, unchanged, repeated, rejected } = report;
  const lines = `${countOf(read, 'line')}: ${created} created, ${changed} changed, ${unchanged} unchanged`;
  const rest = `${repeated} repeated, ${rejected} bad`;
  return `${lines}, ${rest}; ${seconds.toFixed(1)} s, ${Math.round(read / seconds)} lines/s.\n`;
};

function badLinesOf({ badLines, badLinesLeftOut }: ImportReport): string {
  const listed = badLines.map(
    ({ line, breaches }) =>
      `line ${line}: ${breaches.map(({ field, reason }) => `${field} ${reason}`).join('; ')}\n`,
  );
  const others = badLinesLeftOut > 0 ? `and ${countOf(badLinesLeftOut, 'more bad line')}\n` : '';
  return printable(listed.join('')) + others;
}

function failureOf(error: unknown, seconds: number): string {
  if (error instanceof ContractBreachError) return printable(`${error.message}\n`);
  if (!(error instanceof BrokenImportError)) throw error;
  const why = error.cause instanceof Error ? error.cause.message : String(error.cause);
  const { report, message } = error;
  return `${badLinesOf(report)}${summaryOf(report, seconds)}${message}\n${printable(why)}\n`;
}

/** What a file says must not steer the terminal. */
const printable = (text: string): string => text.replace(/(?!\n)\p{Cc}/gu, '\ufffd');
