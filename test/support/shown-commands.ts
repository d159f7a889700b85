import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasProgram } from './needs.js';
import type { FootfallProcess } from './process.js';

const ROOT = join(import.meta.dirname, '../..');

/** What shown commands are run with. */
export const hasShell = hasProgram('bash') && hasProgram('curl') && hasProgram('tar');

/**
 * The commands that a page of the documentation shows, to be run as a reader would. Those that
 * start a server, or need what a test has not, are marked `shell` in the page instead of `sh`.
 */
export class ShownCommands {
  private readonly commands: readonly string[];
  private readonly run = new Set<string>();

  constructor(page: string) {
    const text = readFileSync(join(ROOT, page), 'utf8');
    this.commands = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, shown = '']) => shown);
  }

  /**
   * Runs the command that contains a text, the `index`-th of them, and answers what it printed.
   * Only the port, the data directory and the folder are the test's own. @throws where it fails.
   */
  runOne(
    text: string,
    footfall: Pick<FootfallProcess, 'port' | 'dataDir'>,
    { index = 0, folder = ROOT }: { readonly index?: number; readonly folder?: string } = {},
  ): string {
    const command = this.commands.filter((each) => each.includes(text))[index];
    if (command === undefined) throw new Error(`No command contains ${text}`);
    this.run.add(command);
    const own = command
      .replaceAll('127.0.0.1:3000', `127.0.0.1:${footfall.port}`)
      .replaceAll(/(?<=[\s@])\.data(?=[/\s])/g, footfall.dataDir);
    const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', own], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, DATA_DIR: footfall.dataDir, DATABASE_URL: '' },
    });
    if (status !== 0) throw new Error(`${command}\n${stderr}`);
    return stdout;
  }

  /** Those that were not run: a page must show none that nobody tried. */
  get neverRun(): string[] {
    return this.commands.filter((command) => !this.run.has(command));
  }
}
