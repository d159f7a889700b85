import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import type { Database } from '#libs/database';
import { OfferFeed } from '../offer-feed.repository.js';
import { choiceOf, endingOf, type Streams, understood, UsageError } from './command-line.js';
import { countOf } from './count-of.js';
import { importFile } from './import.command.js';
import { OfferBatches } from './offer-batches.repository.js';
import { OfferExport } from './offer-export.js';
import { OfferImport } from './offer-import.js';
import { OffersLog } from './offers.log.js';
import { Progress } from './progress.js';

export const OFFERS_USAGE = `Usage:
  offers import <file> [--format csv|ndjson]
  offers export [<file>] [--format csv|ndjson] [--prefix <beginning of ids>]
A file is "-" for standard input or output. Without --format its ending says what it is, else CSV.
What is imported may be packed by gzip.
`;

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
  const run = async (): Promise<number> => {
    const command = COMMANDS.get(word);
    if (command === undefined) throw new UsageError(`There is no command "offers ${word}".`);
    return command(database, words, streams);
  };
  return understood(run, streams, OFFERS_USAGE);
}

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
  const progress = new Progress(streams.messages, null, 'offers');
  let offers = 0;
  const pieces = new OfferExport(new OfferFeed(database)).pieces(choice, (written) => {
    progress.setLines((offers = written));
  });
  try {
    await writeTo(file, Readable.from(pieces), streams);
  } finally {
    progress.stop();
  }
  streams.messages.write(`${countOf(offers, 'offer')}, ${progress.seconds.toFixed(1)} s.\n`);
  return 0;
};

const importOffers: Command = (database, words, streams) =>
  importFile(new OfferImport(new OfferBatches(database), new OffersLog()), words, streams);

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['import', importOffers],
  ['export', exportOffers],
]);

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
