import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a postmaster says of itself in its data directory. */
export interface PidFile {
  readonly pid: number;
  readonly port: number;
  /** It accepts connections; else it starts, recovers or stops. */
  readonly ready: boolean;
}

export const pidFileOf = (cluster: string): string => join(cluster, 'postmaster.pid');

/** Null where none runs, or none has written it whole yet. */
export async function readPidFile(cluster: string): Promise<PidFile | null> {
  const text = await readFile(pidFileOf(cluster), 'utf8').catch(() => '');
  // Process id, data directory, start, port, socket directory, address, shared memory, status.
  const [pid, , , port, , , , status] = text.split('\n');
  if (!Number(pid)) return null;
  return { pid: Number(pid), port: Number(port ?? 0), ready: status?.trim() === 'ready' };
}
