import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { JournalFiles } from './files.js';
import type { Position } from './position.js';

const NAME = 'cursor';

/** Null where the file is missing or damaged: then everything that is there comes again. */
export async function readCursor(directory: string): Promise<Position | null> {
  const text = await readFile(join(directory, NAME), 'utf8').catch(() => '');
  const [sum, json] = text.trimEnd().split(' ');
  if (json === undefined || sum !== checksum(json)) return null;
  return JSON.parse(json) as Position;
}

/** A reader sees the old file or the new one, never half of one. */
export async function writeCursor(
  files: JournalFiles,
  directory: string,
  { segment, offset }: Position,
): Promise<void> {
  const json = JSON.stringify({ segment, offset });
  const path = join(directory, NAME);
  const file = await files.open(`${path}.new`, 'w', 0o600);
  try {
    await file.writeFile(`${checksum(json)} ${json}\n`);
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}

const checksum = (json: string): string => crc32(json).toString(16).padStart(8, '0');
