import { extname } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { ExportOffersQuery, type OfferFileFormat } from '#libs/contracts';
import { ContractBreachError, strictValidation } from '#libs/platform';

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
export class UsageError extends Error {}

/** Runs what was typed; whoever typed what cannot be understood is told how. Answers the exit code. */
export async function understood(
  run: () => Promise<number>,
  { messages }: Streams,
  usage: string,
): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (!isUsage(error)) throw error;
    messages.write(`${error.message}\n${usage}`);
    return 2;
  }
}

const ENDINGS: Readonly<Record<string, OfferFileFormat>> = {
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
};

/** The format that a file's name says, packed (`offers.jsonl.gz`) or not. */
export const endingOf = (file: string): OfferFileFormat =>
  ENDINGS[extname(file.replace(/\.gz$/i, '')).toLowerCase()] ?? 'csv';

/** The same rules as for the question of the endpoint. @throws UsageError */
export async function choiceOf(typed: {
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

const isUsage = (error: unknown): error is Error =>
  error instanceof UsageError ||
  String((error as NodeJS.ErrnoException | null)?.code).startsWith('ERR_PARSE_ARGS');
