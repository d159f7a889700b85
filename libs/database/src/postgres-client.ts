import { Client, type ClientConfig } from 'pg';

const GOODBYE_MS = 2000;
const ANSWER_TOO_LATE = 'Query read timeout';

/**
 * A connection that lets go of its socket when the server does not answer in time.
 *
 * pg alone reports the time limit and keeps the connection, and a pool would hand it out again
 * although its answer may never come. Nor does pg's `end` return on a half-open socket.
 */
export class PostgresClient extends Client {
  constructor(config?: ClientConfig) {
    super(config);
    const query = this.query.bind(this) as (...query: unknown[]) => unknown;
    this.query = ((...statement: unknown[]) => {
      const answer = query(...statement);
      if (answer instanceof Promise) answer.catch((error: unknown) => this.giveUp(error));
      return answer;
    }) as Client['query'];

    const end = this.end.bind(this) as (...callback: unknown[]) => unknown;
    this.end = ((...callback: unknown[]) => {
      const late = setTimeout(() => this.connection.stream.destroy(), GOODBYE_MS);
      this.once('end', () => clearTimeout(late));
      return end(...callback);
    }) as Client['end'];
  }

  private giveUp(error: unknown): void {
    if ((error as Error).message === ANSWER_TOO_LATE) this.connection.stream.destroy();
  }
}
