import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { extname } from 'node:path';
import { addAbortSignal, Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { ExportOffersQuery, type OfferFileFormat, type OfferImportReport } from '#libs/contracts';
import type { Database } from '#libs/database';
import { ContractBreachError, strictValidation } from '#libs/platform';
import { OfferFeed } from '../offer-feed.repository.js';
import { OfferBatches } from './offer-batches.repository.js';
import { OfferExport } from './offer-export.js';
import { BrokenImportError, OfferImport } from './offer-import.js';
import { OffersLog } from './offers.log.js';
import { Progress } from './progress.js';

export const OFFERS_USAGE = `Usage:
  offers import <file> [--format csv|ndjson]
  offers export [<file>] [--format csv|ndjson] [--prefix <beginning of ids>]
A file is "-" for standard input or output. Without --format its ending says what it is, else CSV.
`;

/** What a command reads and writes. */
export interface Streams {
  readonly input: Readable;
  readonly output: Writable;
  /** For the person: progress, bad lines, what became of it. */
  readonly messages: Writable & { readonly isTTY?: boolean };
  /** Ends the command early, but in good order. */
  readonly stop: AbortSignal;
}

/** What was typed cannot be done; the message is for whoever typed it. */
class UsageError extends Error {}

type Command = (database: Database, words: readonly string[], streams: Streams) => Promise<number>;

/**
 * Runs `offers …` as typed after that word, by what the endpoints run. Answers the exit code: 0 all
 * is well, 1 it broke off or some lines are bad, 2 it was not understood.
 */
export async function runOffersCommand(
  database: Database,
  [word = '', ...words]: readonly string[],
  streams: Streams,
): Promise<number> {
  try {
    const command = COMMANDS.get(word);
    if (command === undefined) throw new UsageError(`There is no command "offers ${word}".`);
    return await command(database, words, streams);
  } catch (error) {
    if (!isUsage(error)) throw error;
    streams.messages.write(`${error.message}\n${OFFERS_USAGE}`);
    return 2;
  }
}

const importOffers: Command = async (database, words, streams) => {
  const { positionals, values } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { format: { type: 'string' } },
  });
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) {
    throw new UsageError('"offers import" takes one file, or - for standard input.');
  }
  const { format } = await choiceOf({ format: values.format ?? endingOf(file) });
  const { source, size } = await sourceOf(file, streams);
  const progress = new Progress(streams.messages, size);
  const imports = new OfferImport(new OfferBatches(database), new OffersLog());
  const bytes = counted(source, (count) => progress.addBytes(count));
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
};

const exportOffers: Command = async (database, words, streams) => {
  const { positionals, values } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { format: { type: 'string' }, prefix: { type: 'string' } },
  });
  const [file = '-', ...others] = positionals;
  if (others.length > 0) throw new UsageError('"offers export" takes one file at most.');
  const { prefix } = values;
  const choice = await choiceOf({ format: values.format ?? endingOf(file), prefix });
  const progress = new Progress(streams.messages, null);
  let offers = 0;
  const pieces = new OfferExport(new OfferFeed(database)).pieces(choice, (written) => {
    progress.setLines((offers = written));
  });
  try {
    await writeTo(file, Readable.from(pieces), streams);
  } finally {
    progress.stop();
  }
  streams.messages.write(`${offers} offers, ${progress.seconds.toFixed(1)} s.\n`);
  return 0;
};

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['import', importOffers],
  ['export', exportOffers],
]);

const ENDINGS: Readonly<Record<string, OfferFileFormat>> = {
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
};

const endingOf = (file: string): OfferFileFormat => ENDINGS[extname(file).toLowerCase()] ?? 'csv';

/** The same rules as for the question of the endpoint. @throws UsageError */
async function choiceOf(typed: {
  readonly format: string;
  readonly prefix?: string | undefined;
}): Promise<ExportOffersQuery & { readonly format: OfferFileFormat }> {
  try {
    const as = { type: 'query', metatype: ExportOffersQuery } as const;
    return (await strictValidation().transform(typed, as)) as Awaited<ReturnType<typeof choiceOf>>;
  } catch (error) {
    if (!(error instanceof ContractBreachError)) throw error;
    throw new UsageError(`${error.message}.`, { cause: error });
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

/** A file gets its name once it is whole. */
async function writeTo(file: string, source: Readable, { output, stop }: Streams): Promise<void> {
  if (file === '-') return pipeline(source, output, { signal: stop, end: false });
  const part = `${file}.part`;
  try {
    await pipeline(source, createWriteStream(part), { signal: stop });
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

const summaryOf = (report: OfferImportReport, seconds: number): string => {
  const { read, created, changed, unchanged, repeated, rejected } = report;
  const lines = `${read} lines: ${created} created, ${changed} changed, ${unchanged} unchanged`;
  const rest = `${repeated} repeated, ${rejected} bad`;
  return `${lines}, ${rest}; ${seconds.toFixed(1)} s, ${Math.round(read / seconds)} lines/s.\n`;
};

function badLinesOf({ badLines, badLinesLeftOut }: OfferImportReport): string {
  const listed = badLines.map(
    ({ line, breaches }) =>
      `line ${line}: ${breaches.map(({ field, reason }) => `${field}: ${reason}`).join('; ')}\n`,
  );
  const others = badLinesLeftOut > 0 ? `and ${badLinesLeftOut} more bad lines\n` : '';
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

const isUsage = (error: unknown): error is Error =>
  error instanceof UsageError ||
  String((error as NodeJS.ErrnoException | null)?.code).startsWith('ERR_PARSE_ARGS');
