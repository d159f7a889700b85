import { boundedSummary, type Receipt, type Refused } from '#libs/platform';
import { Logger } from '@nestjs/common';

/** Enough to tell one failure from another, too little to carry a row. */
const LONGEST_ERROR = 500;

/** The `type` of each line. */
export interface LineTypes {
  readonly received: string;
  readonly invalid: string;
  readonly persistFailed: string;
}

/**
 * The log lines of a contract's doors, one method each; a contract says what finds an event again.
 *
 * Alerts read these names and fields: they change as carefully as a contract.
 */
export abstract class ContractLog<Event> {
  private readonly logger: Logger;

  protected constructor(
    contract: string,
    private readonly types: LineTypes,
  ) {
    this.logger = new Logger(contract);
  }

  /** Ids and names of an event; nothing personal. */
  protected abstract idsOf(event: Event): object;

  /** Of every event that is kept, never sampled. `eventId`: where it is not the sender's own. */
  received(event: Event, { requestId }: Pick<Receipt, 'requestId'>, eventId?: string): void {
    const { received: type } = this.types;
    const id = eventId !== undefined && { eventId };
    this.logger.log({ type, ...this.idsOf(event), ...id, requestId });
  }

  /**
   * Of every refusal. The payload is bounded and masked here, what fields called one of `hidden`
   * hold included; null where it could not be read.
   */
  invalid(
    { payload, breaches, reason, size, receipt }: Refused,
    hidden: readonly string[] = [],
  ): void {
    this.logger.warn({
      type: this.types.invalid,
      payload: boundedSummary(payload, hidden),
      breaches,
      reason,
      size,
      requestId: receipt.requestId,
    });
  }

  /** Of an event that is really not kept. `sqlstate` where PostgreSQL refused its row. */
  persistFailed(
    eventId: string | undefined,
    error: unknown,
    receipt?: Pick<Receipt, 'requestId'>,
  ): void {
    this.logger.error({
      type: this.types.persistFailed,
      error: String(error).slice(0, LONGEST_ERROR),
      eventId,
      sqlstate: sqlstateOf(error),
      requestId: receipt?.requestId,
    });
  }
}

const sqlstateOf = (error: unknown): string | undefined => {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
};
