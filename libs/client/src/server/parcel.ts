import { FootfallError, nameOf } from './footfall-error.js';
import { jsonOf } from './json.js';

/** Footfall has judged the event. `stored` is false where a privacy signal kept it out. */
export interface Receipt {
  readonly stored: boolean;
  /** As Footfall knows it; null where the door does not say. */
  readonly eventId: string | null;
}

/** What became of an event. */
export type Fate = Receipt | FootfallError;

/** One event on its way: its JSON is made once, at the call, and is the same at every try. */
export class Parcel {
  readonly json: string;
  readonly bytes: number;
  /** Never rejects. */
  readonly settled: Promise<Fate>;
  isSettled = false;
  /** Why the last try did not succeed. */
  trouble: unknown;
  private tell: (fate: Fate) => void = () => undefined;

  /** @throws FootfallError where the event cannot be sent. */
  constructor(readonly event: object) {
    this.json = sendable(event);
    this.bytes = Buffer.byteLength(this.json);
    this.settled = new Promise((resolve) => (this.tell = resolve));
  }

  /** The first fate stays. */
  settle(fate: Fate): void {
    this.isSettled = true;
    this.tell(fate);
  }
}

function sendable(event: object): string {
  try {
    return jsonOf(event);
  } catch (error) {
    const { code, message, cause } = error as FootfallError;
    throw new FootfallError(code, `${nameOf(event)}: ${message}`, { event, cause });
  }
}
