import { readFileSync, writeFileSync } from 'node:fs';

/** Clock ticks a second in /proc, as Linux has it everywhere. */
const TICKS = 100;
const USER = 11;
const CHILDREN_USER = 13;

/** Fields of /proc/<pid>/stat from the state on; the name before it may hold anything. */
function statOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

const microsFrom = (fields, at) =>
  ((Number(fields[at]) + Number(fields[at + 1])) / TICKS) * 1_000_000;

/** Microseconds of CPU, user and system, that a process has used so far. Linux only. */
export const cpuMicrosOf = (pid) => microsFrom(statOf(pid), USER);

/** The same of a process and all its children, those that have ended among them. */
export function cpuMicrosOfFamily(pid) {
  const parent = statOf(pid);
  let micros = microsFrom(parent, USER) + microsFrom(parent, CHILDREN_USER);
  for (const child of childrenOf(pid)) {
    try {
      micros += cpuMicrosOf(child);
    } catch {
      // It ended just now. What it used is in its parent's figure the next time.
    }
  }
  return micros;
}

/** Ids of the processes that a process started and that still run. */
export const childrenOf = (pid) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

/** From now on `peakMemoryOf` counts anew. */
export const forgetPeakMemoryOf = (pid) => writeFileSync(`/proc/${pid}/clear_refs`, '5');

/** The most memory a process has held, in bytes. */
export function peakMemoryOf(pid) {
  const kib = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) * 1024;
}
