import { Client } from 'pg';

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

/** The fastest way into the same tables: no HTTP, no check, no log, nobody who waits for an answer. */
export class Copy {
  static async connect(url) {
    const client = new Client({ connectionString: url });
    await client.connect();
    return new Copy(client);
  }

  constructor(client) {
    this.client = client;
  }

  /**
   * Copies new rows for as long; only the copying itself counts as time. An event that is a row in
   * several tables counts once.
   */
  async run(nextRows, durationMs) {
    let rows = 0;
    let copiedMs = 0;
    while (copiedMs < durationMs) {
      const statements = statementsOf(Array.from({ length: ROWS_A_STATEMENT }, nextRows));
      const startedMs = performance.now();
      for (const { statement, bytes } of statements) await this.#copy(statement, bytes);
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

/** One a table. */
const statementsOf = (events) => Object.keys(events[0]).map((table) => statementOf(table, events));

/** Every row has the same columns here, those that an event lacks being null. */
function statementOf(table, events) {
  const rows = events.map((event) => event[table]);
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => fields.map((field) => textOf(row[field])).join('\t'));
  const statement = `COPY ${table} (${fields.map(snakeCase).join(', ')}) FROM STDIN`;
  return { statement, bytes: Buffer.from(`${lines.join('\n')}\n`) };
}

/** As COPY reads it; no value here holds a tab or a line's end. */
const textOf = (value) => (value === undefined ? '\\N' : String(value).replaceAll('\\', '\\\\'));
