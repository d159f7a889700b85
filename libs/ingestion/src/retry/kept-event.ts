import type { RejectedEventState } from '#libs/contracts';
import type { Receipt } from '#libs/platform';

/** An event in `rejected_events`, as far as sending it once more needs it. */
export interface KeptEvent {
  readonly id: string;
  readonly contract: string;
  readonly state: RejectedEventState;
  readonly reason: string;
  readonly eventId: string | null;
  /** The body of what a door refused; else the log's record. */
  readonly raw: Buffer;
  readonly receivedAt: Date;
  readonly receipt: Receipt | null;
  readonly attempts: number;
}
