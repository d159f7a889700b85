import { createHash } from 'node:crypto';
import type { Statement } from './database.js';

/**
 * A statement by a name of its own: a connection that ran it some times neither parses nor plans it.
 *
 * For statements that find their rows by a key. What sums up days is planned for its days: without
 * them PostgreSQL takes them for few, however many they are.
 */
export const prepared = (text: string): Statement => ({
  name: createHash('sha256').update(text).digest('hex').slice(0, 32),
  text,
});

/**
 * The same where code puts texts together. Only so many are prepared, since every connection keeps
 * what it prepared for as long as it lives; any others are sent as they are.
 */
export class PreparedStatements {
  private readonly known = new Map<string, Statement>();

  constructor(private readonly most: number) {}

  of(text: string): Statement | string {
    const known = this.known.get(text);
    if (known !== undefined) return known;
    if (this.known.size >= this.most) return text;
    const statement = prepared(text);
    this.known.set(text, statement);
    return statement;
  }
}
