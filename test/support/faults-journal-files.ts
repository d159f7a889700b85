import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Begins every record of a journal, and is nowhere else in it. */
const MAGIC = Buffer.from([0xff, 0x46, 0x4a]);

export interface StoredRecord {
  readonly eventId: string;
  readonly start: number;
  readonly end: number;
}

/** The files of journals whose owners are dead, to be damaged. */
export class JournalFiles {
  private constructor(private readonly directories: readonly string[]) {}

  static async of(dataDir: string): Promise<JournalFiles> {
    const root = join(dataDir, 'journal');
    const names = await readdir(root);
    const directories = names.filter((name) => /^[\da-f-]{36}/.test(name));
    return new JournalFiles(directories.map((name) => join(root, name)));
  }

  /** Writes back what `damage` makes of the first segment that holds records. */
  async damageSegment(
    damage: (segment: Buffer, records: readonly StoredRecord[]) => Buffer,
  ): Promise<void> {
    for (const path of await this.paths('.segment')) {
      const segment = await readFile(path);
      const records = recordsIn(segment);
      if (records.length > 0) return writeFile(path, damage(segment, records));
    }
    throw new Error('no segment holds a record');
  }

  async deleteCursors(): Promise<number> {
    const cursors = await this.paths('cursor');
    for (const path of cursors) await rm(path);
    return cursors.length;
  }

  private async paths(ending: string): Promise<string[]> {
    const files = await Promise.all(
      this.directories.map(async (directory) => {
        const names = await readdir(directory);
        return names.filter((name) => name.endsWith(ending)).map((name) => join(directory, name));
      }),
    );
    return files.flat().toSorted();
  }
}

function recordsIn(segment: Buffer): StoredRecord[] {
  const starts: number[] = [];
  for (let at = segment.indexOf(MAGIC); at !== -1; at = segment.indexOf(MAGIC, at + 1)) {
    starts.push(at);
  }
  return starts.map((start, i) => {
    const most = starts[i + 1] ?? segment.length;
    const zeros = segment.indexOf(0, start + MAGIC.length + 9);
    const end = zeros === -1 ? most : Math.min(most, zeros);
    const eventId = /"eventId":"([^"]+)"/.exec(segment.toString('latin1', start, end))?.[1];
    return { eventId: eventId ?? '', start, end };
  });
}
