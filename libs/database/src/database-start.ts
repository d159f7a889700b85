import { BackOff, pause } from '#libs/platform';
import { type OnApplicationShutdown } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { Migrations } from './data-source-options.js';
import type { DatabaseLog } from './database.log.js';
import { migrate } from './migrate.js';
import type { Partitions } from './partitions/partitions.js';
import type { PostgresDatabase } from './postgres-database.js';

/** A probe is quick. */
const PROBE_MS = 1000;

export interface Opening {
  readonly dataSource: DataSource;
  readonly database: PostgresDatabase;
  readonly migrations: Migrations;
  readonly partitions: Partitions;
  readonly log: DatabaseLog;
}

/** Where PostgreSQL is: known, or known once the embedded server runs. */
export type Address = string | (() => Promise<string>);

/**
 * Connects in the background: address, migrations, pool, partitions; tried again for ever. The
 * door does not wait for it.
 */
export class DatabaseStart implements OnApplicationShutdown {
  private readonly stopping = new AbortController();
  private opening: Promise<void> | undefined;
  private asking: Promise<string | null> | undefined;
  private url: string | undefined;
  private problem: string | null = 'the database is not connected yet';

  constructor(private readonly parts: Opening) {}

  /** Returns at once; `Database.ready()` tells when it is done. A second call changes nothing. */
  start(address: Address): void {
    this.opening ??= this.open(address);
  }

  /**
   * For `/readyz`: null while the database answers. Asked as often as anybody likes, it waits for
   * one answer at a time, so that a database that hangs does not take the pool's connections.
   */
  async ails(): Promise<string | null> {
    if (this.problem !== null) return this.problem;
    this.asking ??= this.ask().finally(() => (this.asking = undefined));
    const late = pause(PROBE_MS, this.stopping.signal).then(() => 'the database does not answer');
    return Promise.race([this.asking, late]);
  }

  /** Ends the tries; the pool is closed by Nest's TypeORM module. */
  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.opening;
  }

  private async ask(): Promise<string | null> {
    try {
      await this.parts.database.query('SELECT 1');
      return null;
    } catch (error) {
      return String(error);
    }
  }

  private async open(address: Address): Promise<void> {
    const { signal } = this.stopping;
    const backOff = new BackOff();
    const startedAt = Date.now();
    for (let attempt = 1; !signal.aborted; attempt++) {
      try {
        await this.tryToOpen(address);
        this.problem = null;
        this.parts.log.ready(Date.now() - startedAt);
        this.parts.database.opened();
        return;
      } catch (error) {
        if (signal.aborted) return;
        const waitMs = backOff.next();
        this.problem = String(error);
        this.parts.log.away(attempt, error, waitMs);
        await pause(waitMs, signal);
      }
    }
  }

  private async tryToOpen(address: Address): Promise<void> {
    const { dataSource, migrations, partitions, log } = this.parts;
    const url = (this.url ??= typeof address === 'string' ? address : await address());
    const startedAt = Date.now();
    const ran = await migrate(url, migrations, this.stopping.signal);
    if (ran.length > 0) log.migrated(ran, Date.now() - startedAt);
    if (!dataSource.isInitialized) await dataSource.setOptions({ url }).initialize();
    // Before anybody writes, so that today's events do not have to be moved out of DEFAULT.
    await partitions.makeAhead();
  }
}
