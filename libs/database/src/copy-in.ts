import type { Connection, Submittable } from 'pg';

const COPY_DATA = 0x64;
const COPY_DONE = Buffer.from([0x63, 0, 0, 0, 4]);

/** COPY_DATA's own head: its type, and its length without that. */
function headOf(rows: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head[0] = COPY_DATA;
  head.writeUInt32BE(rows.length + 4, 1);
  return head;
}

/**
 * `COPY … FROM STDIN` of rows that are all there, as `pg` takes a query of one's own.
 *
 * Everything is handed to the socket at once: a server that refuses a row in the middle reads what
 * is left and lets it fall, so that nothing is to be taken back.
 */
export class CopyIn implements Submittable {
  readonly done: Promise<void>;
  /** `pg` finds it, and puts its time limit around it. */
  callback = (_error?: Error): void => undefined;

  private resolve!: () => void;
  private reject!: (error: Error) => void;

  constructor(
    private readonly statement: string,
    private readonly rows: readonly Uint8Array[],
  ) {
    this.done = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  submit(connection: Connection): void {
    connection.query(this.statement);
  }

  handleCopyInResponse({ stream }: Connection): void {
    stream.cork();
    for (const rows of this.rows) {
      stream.write(headOf(rows));
      stream.write(rows);
    }
    stream.write(COPY_DONE);
    stream.uncork();
  }

  handleCommandComplete(): void {
    // How many rows it took is known: all of them, or an error came.
  }

  handleReadyForQuery(): void {
    this.callback();
    this.resolve();
  }

  handleError(error: Error): void {
    this.callback();
    this.reject(error);
  }
}
