import { resolve } from 'node:path';
import { DataDirLock, EmbeddedPostgres } from '#libs/database';
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

  /** @throws when another process has this `DATA_DIR`. Nothing is started yet. */
  static async prepare(config: Config): Promise<Postgres> {
    const lock = config.DATABASE_URL ? undefined : await DataDirLock.take(resolve(config.DATA_DIR));
    return new Postgres(config, lock);
  }

  /** Starts our own server where that is wanted. May be called again after it failed. */
  async url(): Promise<string> {
    if (this.config.DATABASE_URL) return this.config.DATABASE_URL;
    this.starting ??= EmbeddedPostgres.start({ dataDir: resolve(this.config.DATA_DIR) });
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
