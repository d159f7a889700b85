import { Logger } from '@nestjs/common';

/** What is said of the embedded PostgreSQL, one method a line. Its own log is in DATA_DIR. */
export class EmbeddedLog {
  private readonly logger = new Logger('embedded-postgres');

  made(dataDirectory: string, tookMs: number): void {
    this.logger.log({ type: 'EMBEDDED_POSTGRES_MADE', dataDirectory, tookMs });
  }

  started(pid: number, port: number, adopted: boolean): void {
    this.logger.log({ type: 'EMBEDDED_POSTGRES_STARTED', pid, port, adopted });
  }

  /** An orphan that neither answers nor starts. */
  hangs(pid: number): void {
    this.logger.warn({ type: 'EMBEDDED_POSTGRES_HANGS', pid });
  }

  died(pid: number): void {
    this.logger.error({ type: 'EMBEDDED_POSTGRES_DIED', pid });
  }

  notStarted(error: unknown, waitMs: number): void {
    this.logger.error({ type: 'EMBEDDED_POSTGRES_NOT_STARTED', error: String(error), waitMs });
  }

  stopped(pid: number, tookMs: number): void {
    this.logger.log({ type: 'EMBEDDED_POSTGRES_STOPPED', pid, tookMs });
  }
}
