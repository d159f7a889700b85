import { Logger } from '@nestjs/common';
import type { Receipt } from './receipt.js';

interface Arrived {
  readonly receipt: Pick<Receipt, 'requestId'>;
}

/** The log lines of one contract's doors: our own faults. Never a word of what was sent. */
export class DoorLog {
  private readonly logger = new Logger('door');

  constructor(private readonly contract: string) {}

  /** An event is not kept, or its answer not as declared. */
  failed(visit: Arrived, error: unknown): void {
    this.complain('DOOR_ERROR', visit, error);
  }

  refusalNotHeard(visit: Arrived, error: unknown): void {
    this.complain('DOOR_REFUSED_ERROR', visit, error);
  }

  cannotIdentify(visit: Arrived, error: unknown): void {
    this.complain('DOOR_IDENTIFY_ERROR', visit, error);
  }

  cannotLimit(visit: Arrived, error: unknown): void {
    this.complain('DOOR_RATE_LIMIT_ERROR', visit, error);
  }

  private complain(type: string, { receipt: { requestId } }: Arrived, error: unknown): void {
    const { contract } = this;
    this.logger.error({ type, contract, requestId, error: String(error) });
  }
}
