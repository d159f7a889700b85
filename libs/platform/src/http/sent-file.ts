import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import { NotAcceptableException } from '@nestjs/common';
import type { Request, Response } from 'express';

/** A file that is made while it is sent, however long it is. */
export interface SentFile {
  /** What it is saved as: of letters, digits, dots and dashes only. */
  readonly name: string;
  readonly mediaType: string;
  readonly pieces: AsyncGenerator<string, void>;
}

/**
 * In which media type a file is wanted: as the question says, else as `Accept` allows.
 *
 * @throws NotAcceptableException
 */
export function mediaTypeFor<Format extends string>(
  request: Request,
  format: Format | undefined,
  formats: Readonly<Record<string, Format>>,
): string {
  const types = Object.keys(formats);
  if (format !== undefined) return types.find((type) => formats[type] === format)!;
  const accepted = request.accepts(types);
  if (accepted === false) throw new NotAcceptableException();
  return accepted;
}

/**
 * Sends a file, packed where `Accept-Encoding` allows it, no faster than it is taken. Whoever leaves
 * before its end has what they wanted, and no more of it is made.
 *
 * @throws what its first piece throws, to be answered as a problem; and what a later one throws:
 * the connection is broken then, so that nobody takes half a file for a whole one.
 */
export async function sendFile(
  request: Request,
  response: Response,
  { name, mediaType, pieces }: SentFile,
): Promise<void> {
  const first = await pieces.next();
  const isPacked = request.acceptsEncodings('gzip', 'identity') === 'gzip';
  response.setHeader('Content-Type', `${mediaType}; charset=utf-8`);
  response.setHeader('Content-Disposition', `attachment; filename="${name}"`);
  response.setHeader('Vary', 'Accept, Accept-Encoding');
  if (isPacked) response.setHeader('Content-Encoding', 'gzip');
  if (request.method === 'HEAD') {
    await pieces.return();
    response.end();
    return;
  }
  const bytes = Readable.from(joined(first, pieces));
  const packing = isPacked ? [createGzip({ level: constants.Z_BEST_SPEED })] : [];
  try {
    await pipeline([bytes, ...packing, response]);
  } catch (error) {
    if (!hasLeft(error)) throw error;
  }
}

async function* joined(first: IteratorResult<string, void>, rest: AsyncGenerator<string, void>) {
  try {
    if (!first.done) yield first.value;
    yield* rest;
  } finally {
    await rest.return(); // where it was left before `rest` was begun
  }
}

/** While the file was sent, or even before it began. */
const LEFT: ReadonlySet<unknown> = new Set([
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_UNABLE_TO_PIPE',
]);

const hasLeft = (error: unknown): boolean => LEFT.has((error as NodeJS.ErrnoException).code);
