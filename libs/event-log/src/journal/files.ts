import { type FileHandle, open, statfs } from 'node:fs/promises';

/** The file operations that can fail in ways worth a test of their own. */
export interface JournalFiles {
  open(path: string, flags: string, mode?: number): Promise<FileHandle>;
  /** Bytes that this process may still use on the volume of `path`. */
  freeBytes(path: string): Promise<number>;
}

export const nodeFiles: JournalFiles = {
  open,
  async freeBytes(path) {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  },
};

/** Without it a file that was just made, or renamed, may be gone after a crash. */
export async function syncDirectory(files: JournalFiles, path: string): Promise<void> {
  if (process.platform === 'win32') return; // there a directory cannot be opened
  const directory = await files.open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
