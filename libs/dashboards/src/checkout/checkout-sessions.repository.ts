import { Database } from '#libs/database';
import { Injectable } from '@nestjs/common';
import { withAsOf } from './asked-sessions.sql.js';

/** What a question reads: SQL of some rows, and what they are counted from. */
export interface Counting {
  readonly rows: string;
  readonly values: readonly unknown[];
  readonly rollups: readonly string[];
}

/** Rows of figures, with up to when they are complete. Times are as PostgreSQL writes them in JSON. */
export interface Counted<Row> {
  readonly asOf: Date;
  readonly rows: readonly Row[];
}

/** Figures of checkout sessions. */
@Injectable()
export class CheckoutSessionsRepository {
  constructor(private readonly database: Database) {}

  async count<Row>({ rows, values, rollups }: Counting): Promise<Counted<Row>> {
    const from = { projections: ['checkout-sessions'], rollups };
    const [counted] = await this.database.query<Counted<Row>>(withAsOf(rows, from), values);
    return counted as Counted<Row>;
  }
}
