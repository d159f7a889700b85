import { chmod, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Whom the server runs as where we are root, which PostgreSQL refuses to be. */
export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const CANDIDATES = ['postgres', 'nobody'];

/** Null where the server runs as whoever we are. @throws where there is nobody to run it as. */
export async function serverUser(): Promise<ServerUser | null> {
  if (process.getuid?.() !== 0) return null;
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const candidate of CANDIDATES) {
    const [name, , uid, gid] = users.find(([known]) => known === candidate) ?? [];
    if (name !== undefined) return { name, uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    'PostgreSQL does not run as root, and there is neither a user "postgres" nor "nobody": ' +
      'add one, start Footfall as another user, or set DATABASE_URL.',
  );
}

/** Whether a user may pass through a directory and all that it is in. */
async function canEnter(user: ServerUser, directory: string): Promise<boolean> {
  const { mode, uid, gid } = await stat(directory);
  const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
  if ((mode & bit) === 0) return false;
  const parent = dirname(directory);
  return parent === directory || canEnter(user, parent);
}

/**
 * Lets a user pass through a directory of ours, and see nothing of it. False where the obstacle is
 * a directory above, which is not ours to open.
 */
export async function letPass(user: ServerUser, directory: string): Promise<boolean> {
  if (await canEnter(user, directory)) return true;
  if (!(await canEnter(user, dirname(directory)))) return false;
  const { mode } = await stat(directory);
  await chmod(directory, mode | 0o011);
  return true;
}
