import { mkdir, realpath } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { BackOff, pause } from '#libs/platform';
import { clusterPassword, makeCluster } from './cluster.js';
import { answers, ensureDatabase, urlOf } from './connect.js';
import { EmbeddedLog } from './embedded.log.js';
import { readPidFile } from './pid-file.js';
import {
  findOrphan,
  type Postmaster,
  ServerNotStartedError,
  type ServerParts,
  startServer,
  stopServer,
} from './postmaster.js';
import { isRunning } from './processes.js';
import { serverBinaries } from './server-binaries.js';
import { assertOwned, serverHome } from './server-home.js';
import { serverUser } from './server-user.js';

/** A killed process group leaves zombies and shared memory for a moment. */
const ORPHAN_PATIENCE_MS = 10_000;
const ASK_AGAIN_MS = 100;
const LOOK_AFTER_MS = 500;

export interface EmbeddedOptions {
  /** Held by us: `DataDirLock.take(dataDir)` comes first. */
  readonly dataDir: string;
  /** As root, where things go that the server's user cannot reach; default `/var/lib/footfall`. */
  readonly elsewhere?: string;
  /** How large the pool is; some more are served, for listeners and commands. */
  readonly poolSize?: number;
  readonly log?: EmbeddedLog;
}

const SPARE_CONNECTIONS = 40;
const USUAL_POOL = 20;

/**
 * The real PostgreSQL that Footfall brings along, in `DATA_DIR`. It lives in a session of its own,
 * survives a killed Footfall, and is adopted by the next; if it dies, it is started again at the
 * same address. `stop` it last.
 */
export class EmbeddedPostgres {
  private readonly stopping = new AbortController();
  private watching: Promise<void> = Promise.resolve();

  private constructor(
    private server: Postmaster,
    private readonly parts: ServerParts,
    private readonly password: string,
    private readonly log: EmbeddedLog,
    /** It was running already: a killed Footfall had left it behind. */
    readonly adopted: boolean,
  ) {}

  /**
   * Resolves when it accepts connections and its database exists. The first start takes a second
   * or two, a start after a crash as long as PostgreSQL recovers.
   */
  static async start(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
    const { log = new EmbeddedLog() } = options;
    const { parts, password } = await prepare(options, log);
    const orphan = await adopt(parts, password, log);
    const server = orphan ?? (await startPatiently(parts));
    log.started(server.pid, server.port, orphan !== null);
    await ensureDatabase(urlOf(password, server.port, 'postgres'));
    const embedded = new EmbeddedPostgres(server, parts, password, log, orphan !== null);
    embedded.watching = embedded.watch();
    return embedded;
  }

  get url(): string {
    return urlOf(this.password, this.server.port);
  }

  /** PostgreSQL's own, which is not always below `DATA_DIR`. */
  get dataDirectory(): string {
    return this.parts.home.cluster;
  }

  /** The user it runs as where that is not our own: as root. */
  get runsAs(): string | null {
    return this.parts.user?.name ?? null;
  }

  /** Resolves when it is gone. Committed rows are safe, however it ends. */
  async stop(): Promise<void> {
    const startedAt = Date.now();
    this.stopping.abort();
    await this.watching;
    await stopServer(this.server.pid, this.parts);
    this.log.stopped(this.server.pid, Date.now() - startedAt);
  }

  private async watch(): Promise<void> {
    const { signal } = this.stopping;
    for (;;) {
      await pause(LOOK_AFTER_MS, signal);
      if (signal.aborted) return;
      if (await isRunning(this.server.pid)) continue;
      this.log.died(this.server.pid);
      await this.startAgain(signal);
    }
  }

  private async startAgain(signal: AbortSignal): Promise<void> {
    const backOff = new BackOff();
    while (!signal.aborted) {
      try {
        await findOrphan(this.parts); // removes the dead one's pid file
        this.server = await startServer(this.parts, this.server.port);
        this.log.started(this.server.pid, this.server.port, false);
        return;
      } catch (error) {
        const waitMs = backOff.next();
        this.log.notStarted(error, waitMs);
        await pause(waitMs, signal);
      }
    }
  }
}

async function prepare(
  { dataDir, elsewhere, poolSize = USUAL_POOL }: EmbeddedOptions,
  log: EmbeddedLog,
): Promise<{ parts: ServerParts; password: string }> {
  const startedAt = Date.now();
  await mkdir(dataDir, { recursive: true });
  const user = await serverUser();
  const home = await serverHome(await realpath(dataDir), user, elsewhere);
  const binaries = await serverBinaries(home.copies, user);
  const password = await clusterPassword(home);
  const made = await makeCluster(home, binaries, password, user);
  if (made) log.made(home.cluster, Date.now() - startedAt);
  await assertOwned(home.cluster, user);
  const connections = Math.max(poolSize, USUAL_POOL) + SPARE_CONNECTIONS;
  return { parts: { home, binaries, user, connections }, password };
}

/** Takes over the orphan where it answers; one that does not is stopped after a while. */
async function adopt(
  parts: ServerParts,
  password: string,
  log: EmbeddedLog,
): Promise<Postmaster | null> {
  const until = Date.now() + ORPHAN_PATIENCE_MS;
  for (;;) {
    const pid = await findOrphan(parts);
    if (pid === null) return null;
    const file = await readPidFile(parts.home.cluster);
    if (
      file?.ready &&
      (await answers(urlOf(password, file.port, 'postgres'), parts.home.cluster))
    ) {
      return { pid, port: file.port };
    }
    if (Date.now() > until) {
      log.hangs(pid);
      await stopServer(pid, parts, 'immediate');
      return null;
    }
    await sleep(ASK_AGAIN_MS);
  }
}

/** Again for a while where the port was taken meanwhile, or a dead server's processes linger. */
async function startPatiently(parts: ServerParts): Promise<Postmaster> {
  const until = Date.now() + ORPHAN_PATIENCE_MS;
  for (;;) {
    try {
      return await startServer(parts, await freePort());
    } catch (error) {
      if (!(error instanceof ServerNotStartedError) || Date.now() > until || !mayPass(error)) {
        throw error;
      }
      await sleep(ASK_AGAIN_MS);
    }
  }
}

const mayPass = ({ message }: Error): boolean =>
  /could not create any TCP\/IP sockets|shared memory block|postmaster\.pid/.test(message);

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
