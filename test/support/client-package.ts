import { execFile } from 'node:child_process';
import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { packClient, stageClient } from '../../scripts/client-pack.mjs';

const MODULES = join(import.meta.dirname, '../../node_modules');
const run = promisify(execFile);

/** How strictly a careful user compiles. */
const STRICT = {
  target: 'ES2022',
  module: 'nodenext',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  checkJs: true,
  noEmit: true,
};

/** Where a module runs, as TypeScript knows it. */
const PLACES = {
  browser: { lib: ['ES2022', 'DOM', 'DOM.Iterable'], types: [] },
  node: { lib: ['ES2022'], types: ['node'] },
  // The declarations of NATS themselves do not compile with exact optional properties.
  nats: { lib: ['ES2022'], types: ['node'], exactOptionalPropertyTypes: false },
} as const;
export type Place = keyof typeof PLACES;

/** An empty project into which `@footfall/client` was installed as it would be published. */
export class ClientProject {
  private constructor(private readonly root: string) {}

  /** The package is built and packed for this project alone. */
  static async create(): Promise<ClientProject> {
    const root = await mkdtemp(join(tmpdir(), 'footfall-client-'));
    const project = new ClientProject(root);
    await mkdir(project.folder);
    await project.write('package.json', '{"name":"shop","private":true,"type":"module"}');
    stageClient(join(root, 'package'));
    const tarball = packClient(join(root, 'package'), root);
    const quiet = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund'];
    await run('npm', ['install', ...quiet, tarball], { cwd: project.folder });
    return project;
  }

  get folder(): string {
    return join(this.root, 'shop');
  }

  /** Packages that users install beside it, from those of this repository. */
  async add(...packages: readonly string[]): Promise<void> {
    for (const name of packages) {
      const link = join(this.folder, 'node_modules', name);
      await mkdir(dirname(link), { recursive: true });
      await symlink(join(MODULES, name), link, 'dir');
    }
  }

  async write(name: string, text: string): Promise<void> {
    await writeFile(join(this.folder, name), text);
  }

  /** Runs a module with Node.js; answers what it printed. @throws with what it said where it fails. */
  async node(name: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
    const options = {
      cwd: this.folder,
      timeout: 60_000,
      env: { PATH: process.env['PATH'], ...env },
    };
    const { stdout } = await run(process.execPath, [name], options);
    return stdout;
  }

  /**
   * What TypeScript says of the modules, and with `libraries` of the declarations that they import;
   * nothing where they are right.
   */
  async typeErrors(
    place: Place,
    files: readonly string[],
    { libraries = false } = {},
  ): Promise<string> {
    const config = `tsconfig.${place}.json`;
    const compilerOptions = { ...STRICT, ...PLACES[place], skipLibCheck: !libraries };
    await this.write(config, JSON.stringify({ compilerOptions, files }));
    const tsc = join(MODULES, 'typescript/bin/tsc');
    try {
      await run(process.execPath, [tsc, '-p', config], { cwd: this.folder });
      return '';
    } catch (error) {
      return (error as { stdout: string }).stdout;
    }
  }

  dispose(): Promise<void> {
    return rm(this.root, { recursive: true, force: true });
  }
}
