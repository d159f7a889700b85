import { Logger } from '@nestjs/common';

/** A line when the stream can be consumed and when it cannot, not one a try. Never an address. */
export class NatsLog {
  private readonly logger = new Logger('nats');
  private trouble: string | null = null;

  consuming(stream: string, consumer: string): void {
    this.trouble = null;
    this.logger.log({ type: 'NATS_CONSUMING', stream, consumer });
  }

  streamCreated(stream: string): void {
    this.logger.log({ type: 'NATS_STREAM_CREATED', stream });
  }

  /** Tried again for ever; the same trouble is told once. */
  away(error: unknown): void {
    const reason = reasonOf(error);
    if (reason === this.trouble) return;
    this.trouble = reason;
    this.logger.warn({ type: 'NATS_AWAY', reason });
  }
}

/** Errors of the network name the host in their message, so their code has to do. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) {
    return [...new Set(error.errors.map(reasonOf))].join('; ');
  }
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return typeof code === 'string' ? code : String(message ?? error);
}
