import { existsSync, readFileSync } from 'node:fs';
import type { Metrics } from '#libs/platform';

/** Where package.json lies, seen from the sources and from the build. */
const CANDIDATES = ['../../../package.json', '../../../../package.json'];

function versionOf(): string {
  const file = CANDIDATES.map((path) => new URL(path, import.meta.url)).find(existsSync);
  return file ? (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version : 'unknown';
}

/** Which Footfall, on which Node: the first question about any figure. */
export function tellVersion(metrics: Metrics): void {
  metrics
    .gauge('build_info', 'Always 1; its labels say what is running.', ['version', 'node'])
    .set({ version: versionOf(), node: process.version }, 1);
}
