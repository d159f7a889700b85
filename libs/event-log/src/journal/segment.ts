import { type FileHandle, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type JournalFiles, syncDirectory } from './files.js';

const SUFFIX = '.segment';
const ZEROS = Buffer.alloc(1024 * 1024);

/** Sorts by name as it does by number. */
export const segmentName = (id: number): string => `${String(id).padStart(12, '0')}${SUFFIX}`;

/** The number in the name of a segment; null for any other file. */
export function segmentId(name: string): number | null {
  const id = /^(\d{12})\.segment$/.exec(name)?.[1];
  return id === undefined ? null : Number(id);
}

/** A segment that is written. It is filled with zeros before its first record. */
export class Segment {
  /** Everything before it is durable. */
  end = 0;

  private constructor(
    readonly id: number,
    readonly path: string,
    readonly bytes: number,
    private readonly file: FileHandle,
  ) {}

  /**
   * Makes a file of zeros and syncs it and its directory, so that later syncs write data alone
   * and a full disk shows here. @throws after removing what was made.
   */
  static async make(
    files: JournalFiles,
    directory: string,
    id: number,
    bytes: number,
  ): Promise<Segment> {
    const path = join(directory, segmentName(id));
    const file = await files.open(path, 'wx', 0o600);
    try {
      await fill(file, bytes);
      await syncDirectory(files, directory);
      return new Segment(id, path, bytes, file);
    } catch (error) {
      await file.close().catch(() => undefined);
      await rm(path, { force: true });
      throw error;
    }
  }

  get room(): number {
    return this.bytes - this.end;
  }

  /** Resolves once the bytes are durable. After a failure the segment must not be written again. */
  async write(bytes: Buffer): Promise<void> {
    await writeAll(this.file, bytes, this.end);
    await this.file.datasync();
    this.end += bytes.length;
  }

  /** Gives back the zeros that were not needed. */
  async close(): Promise<void> {
    await this.file.truncate(this.end).catch(() => undefined);
    await this.file.close();
  }

  /** For a segment that failed: the less is asked of its file, the better. */
  async abandon(): Promise<void> {
    await this.file.close().catch(() => undefined);
  }
}

/** In pieces, each synced: one large sync would make the appends of that moment wait for it. */
async function fill(file: FileHandle, bytes: number): Promise<void> {
  for (let at = 0; at < bytes; at += ZEROS.length) {
    await writeAll(file, ZEROS.subarray(0, Math.min(ZEROS.length, bytes - at)), at);
    await file.datasync();
  }
  await file.sync();
}

async function writeAll(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const rest = bytes.length - written;
    const { bytesWritten } = await file.write(bytes, written, rest, position + written);
    written += bytesWritten;
  }
}
