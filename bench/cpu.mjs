import { readFileSync } from 'node:fs';

/** Clock ticks a second in /proc, as Linux has it everywhere. */
const TICKS = 100;

/** Microseconds of CPU, user and system, that a process has used so far. Linux only. */
export function cpuMicrosOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) / TICKS) * 1_000_000;
}
