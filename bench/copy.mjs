import { Client } from 'pg';
import { nextRow } from './checkout-events.mjs';

const ROWS_A_STATEMENT = 5000;

/** `COPY … FROM STDIN` as the `pg` client takes a query of one's own. */
class CopyIn {
  constructor(statement, bytes, done) {
    this.statement = statement;
    this.bytes = bytes;
    this.done = done;
  }

  submit(connection) {
    connection.query(this.statement);
  }

  handleCopyInResponse(connection) {
    connection.sendCopyFromChunk(this.bytes);
    connection.endCopyFrom();
  }

  handleCommandComplete() {}

  handleReadyForQuery() {
    this.done(null);
  }

  handleError(error) {
    this.done(error);
  }
}

/** The fastest way into the same table: no HTTP, no check, no log, nobody who waits for an answer. */
export class Copy {
  static async connect(url) {
    const client = new Client({ connectionString: url });
    await client.connect();
    return new Copy(client);
  }

  constructor(client) {
    this.client = client;
  }

  /** Copies new rows for as long; only the copying itself counts as time. */
  async run(durationMs) {
    let rows = 0;
    let copiedMs = 0;
    while (copiedMs < durationMs) {
      const { statement, bytes } = makeRows(ROWS_A_STATEMENT);
      const startedMs = performance.now();
      await this.#copy(statement, bytes);
      copiedMs += performance.now() - startedMs;
      rows += ROWS_A_STATEMENT;
    }
    return { rows, seconds: copiedMs / 1000 };
  }

  async count(table) {
    const { rows } = await this.client.query(`SELECT count(*)::int AS rows FROM ${table}`);
    return rows[0].rows;
  }

  async version() {
    return (await this.client.query('SHOW server_version')).rows[0].server_version;
  }

  /** Settings without which a figure would mean something else. */
  async durability() {
    const names = ['fsync', 'synchronous_commit', 'full_page_writes'];
    const settings = {};
    for (const name of names)
      settings[name] = (await this.client.query(`SHOW ${name}`)).rows[0][name];
    return settings;
  }

  close() {
    return this.client.end();
  }

  #copy(statement, bytes) {
    return new Promise((resolve, reject) => {
      const done = (error) => (error ? reject(error) : resolve());
      this.client.query(new CopyIn(statement, bytes, done));
    });
  }
}

const snakeCase = (name) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Every row has the same columns here, those that an event lacks being null. */
const FIELDS = [...new Set(Array.from({ length: 10 }, () => Object.keys(nextRow())).flat())];

function makeRows(count) {
  let text = '';
  for (let i = 0; i < count; i++) {
    const row = nextRow();
    text += `${FIELDS.map((field) => row[field] ?? '\\N').join('\t')}\n`;
  }
  const columns = FIELDS.map(snakeCase).join(', ');
  const statement = `COPY checkout_events (${columns}) FROM STDIN`;
  return { statement, bytes: Buffer.from(text, 'latin1') };
}
