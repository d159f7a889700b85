import { type FileHandle, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { JournalFiles } from './files.js';
import { segmentId } from './segment.js';

/** A segment as it is read. */
export interface StoredSegment {
  readonly id: number;
  readonly path: string;
  /** How far it may be read: what is durable, or the whole of a file that nobody writes. */
  end: number;
  /** Nothing is appended to it any more. */
  sealed: boolean;
}

/** The segments of a journal whose writer is gone, oldest first. */
export async function storedSegments(directory: string): Promise<StoredSegment[]> {
  const segments: StoredSegment[] = [];
  for (const name of (await readdir(directory)).toSorted()) {
    const id = segmentId(name);
    if (id === null) continue;
    const path = join(directory, name);
    segments.push({ id, path, end: (await stat(path)).size, sealed: true });
  }
  return segments;
}

const PAGE = 4096;

/**
 * The bytes from `from` to the segment's end, or to where the file stops before it. Pages that
 * the disk cannot read are zeros, as if they had been lost in another way.
 */
export async function load(
  files: JournalFiles,
  segment: StoredSegment,
  from: number,
): Promise<Buffer> {
  const bytes = Buffer.alloc(Math.max(0, segment.end - from));
  const file = await files.open(segment.path, 'r');
  try {
    let read = 0;
    for (let step = bytes.length; read < bytes.length;) {
      const length = Math.min(step, bytes.length - read);
      const got = await readPart(file, bytes.subarray(read, read + length), from + read);
      if (got === 0) break;
      if (got !== null) read += got;
      else if (step > PAGE) step = PAGE;
      else read += length;
    }
    return bytes.subarray(0, read);
  } finally {
    await file.close();
  }
}

/** How many bytes were read; null where the disk fails. */
async function readPart(file: FileHandle, into: Buffer, at: number): Promise<number | null> {
  try {
    return (await file.read(into, 0, into.length, at)).bytesRead;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EIO') throw error;
    return null;
  }
}
