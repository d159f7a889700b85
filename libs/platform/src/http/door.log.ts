import { Logger } from '@nestjs/common';
import type { Visit } from './visit.js';

/** The log lines of one contract's doors: our own faults. Never a word of what was sent. */
export class DoorLog {
  private readonly logger = new Logger('door');

  constructor(private readonly contract: string) {}

  /** An event is not kept, or its answer not as declared. */
  failed(visit: Visit, error: unknown): void {
    this.complain('DOOR_ERROR', visit, error);
  }

  refusalNotHeard(visit: Visit, error: unknown): void {
    this.complain('DOOR_REFUSED_ERROR', visit, error);
  }

  cannotIdentify(visit: Visit, error: unknown): void {
    this.complain('DOOR_IDENTIFY_ERROR', visit, error);
  }

  cannotLimit(visit: Visit, error: unknown): void {
    this.complain('DOOR_RATE_LIMIT_ERROR', visit, error);
  }

  private complain(type: string, { receipt: { requestId } }: Visit, error: unknown): void {
    const { contract } = this;
    this.logger.error({ type, contract, requestId, error: String(error) });
  }
}
