import type { Pool, PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { Connection } from './connection.js';
import { asThrown } from './connection-lost.js';
import { Database, DatabaseAwayError, type Statement, type Transaction } from './database.js';
import { listenForEver } from './listener.js';
import { Trust } from './trust.js';

/** PostgreSQL through TypeORM's pool. */
export class PostgresDatabase extends Database {
  private announce: () => void = () => undefined;
  private readonly trust = new Trust<PoolClient>();
  private readonly opening = new Promise<void>((resolve) => (this.announce = resolve));

  constructor(private readonly dataSource: DataSource) {
    super();
  }

  query<Row>(statement: string | Statement, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.connected((connection) => connection.query<Row>(statement, parameters));
  }

  transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return this.connected((connection) => connection.transaction(work));
  }

  ready(): Promise<void> {
    return this.opening;
  }

  /** Called once: connected, migrated, partitions made. */
  opened(): void {
    this.announce();
  }

  listen(channel: string, heard: () => void, stop: AbortSignal): void {
    void this.opening.then(() => listenForEver({ url: this.url(), channel, heard, stop }));
  }

  private async connected<Result>(
    work: (connection: Connection) => Promise<Result>,
  ): Promise<Result> {
    const connection = await this.connection();
    try {
      return await work(connection);
    } finally {
      connection.release();
    }
  }

  private async connection(): Promise<Connection> {
    if (!this.dataSource.isInitialized) {
      throw new DatabaseAwayError('the database is not connected yet');
    }
    const { master } = this.dataSource.driver as unknown as { master: Pool };
    try {
      return new Connection(await this.trusted(master), this.trust);
    } catch (error) {
      throw asThrown(error);
    }
  }

  private async trusted(pool: Pool): Promise<PoolClient> {
    for (;;) {
      const client = await pool.connect();
      if (!this.trust.isLostIn(client)) return client;
      client.release(true);
    }
  }

  private url(): string {
    return (this.dataSource.options as { readonly url?: string }).url ?? '';
  }
}
