import { resolve } from 'node:path';
import { assertServerPackage, DataDirLock, EmbeddedPostgres } from '#libs/database';
import type { Config } from '#libs/platform';

/** Where PostgreSQL is: at `DATABASE_URL`, or a server of our own in `DATA_DIR`. */
export class Postgres {
  private starting: Promise<EmbeddedPostgres> | undefined;
  /** For a person. */
  description = 'at DATABASE_URL';

  private constructor(
    private readonly config: Config,
    private readonly lock: DataDirLock | undefined,
  ) {}

  /**
   * Nothing is started yet. @throws when another process has this `DATA_DIR`, or this machine has
   * no PostgreSQL to start.
   */
  static async prepare(config: Config): Promise<Postgres> {
    if (config.DATABASE_URL) return new Postgres(config, undefined);
    assertServerPackage();
    return new Postgres(config, await DataDirLock.take(resolve(config.DATA_DIR)));
  }

  /** Starts our own server where that is wanted. May be called again after it failed. */
  async url(): Promise<string> {
    if (this.config.DATABASE_URL) return this.config.DATABASE_URL;
    this.starting ??= EmbeddedPostgres.start({
      dataDir: resolve(this.config.DATA_DIR),
      poolSize: this.config.DATABASE_POOL_SIZE,
    });
    try {
      const embedded = await this.starting;
      this.description = `PostgreSQL of its own, in ${embedded.dataDirectory}`;
      return embedded.url;
    } catch (error) {
      this.starting = undefined;
      throw error;
    }
  }

  /** Last of all: a server that is just starting is waited for, so that none is left behind. */
  async stop(): Promise<void> {
    const embedded = await this.starting?.catch(() => undefined);
    await embedded?.stop();
    await this.lock?.release();
  }
}
