import type { PoolClient } from 'pg';
import { asThrown, isRefusal } from './connection-lost.js';
import { CopyIn } from './copy-in.js';
import type { Statement, Transaction } from './database.js';
import type { Trust } from './trust.js';

/** One connection while it is out of the pool. It goes back only if it is still sound. */
export class Connection implements Transaction {
  private broken = false;
  private readonly lost = (): void => void (this.broken = true);

  constructor(
    private readonly client: PoolClient,
    private readonly trust: Trust<PoolClient>,
  ) {
    // Without a listener, a connection that breaks between two statements ends the process.
    client.on('error', this.lost);
  }

  async query<Row>(
    statement: string | Statement,
    parameters: readonly unknown[] = [],
  ): Promise<Row[]> {
    const { rows } = await this.run(statement, parameters);
    return rows as Row[];
  }

  async copyIn(statement: string, rows: readonly Uint8Array[]): Promise<void> {
    const copy = new CopyIn(statement, rows);
    await this.answered(() => this.client.query(copy).done);
  }

  async transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    await this.run('BEGIN');
    try {
      const result = await work(this);
      await this.commit();
      return result;
    } catch (error) {
      // Where that fails too, the connection is closed, which rolls back as well.
      if (!this.broken) await this.run('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  release(): void {
    this.client.release(this.broken);
    this.client.off('error', this.lost);
  }

  /** PostgreSQL answers COMMIT with success after a statement failed: it has rolled back. */
  private async commit(): Promise<void> {
    const { command } = await this.run('COMMIT');
    if (command !== 'COMMIT') {
      throw new Error('the transaction was rolled back: one of its statements had failed');
    }
  }

  private run(statement: string | Statement, parameters: readonly unknown[] = []) {
    const query = typeof statement === 'string' ? { text: statement } : statement;
    return this.answered(() => this.client.query({ ...query, values: [...parameters] }));
  }

  private async answered<Result>(ask: () => Promise<Result>): Promise<Result> {
    const startedAt = performance.now();
    try {
      const result = await ask();
      this.trust.answered(this.client, performance.now());
      return result;
    } catch (error) {
      if (!isRefusal(error)) {
        this.broken = true;
        this.trust.fellSilent(startedAt);
      }
      throw asThrown(error);
    }
  }
}
