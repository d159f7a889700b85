import { ANONYMOUS } from '../access/caller.js';
import { DoorLog } from './door.log.js';
import type { Behind } from './doorway.js';
import { type Arrival, Members, type RefusedMember, type Witness } from './members.js';
import type { Outcome } from './outcome.js';
import type { Receipt } from './receipt.js';
import type { Refused } from './refused.js';

/** What stands behind an intake: the contract, as another transport than HTTP reaches it. */
export interface Receiver {
  record(event: object, receipt: Receipt): Promise<Outcome>;
  /**
   * Keeps what was refused, with its bytes as they came. No sender hears of a refusal here, so none
   * may be dropped. @throws where it is not kept durably.
   */
  refused(refused: Refused, bytes: Uint8Array): Promise<void>;
}

/**
 * What became of a message. `kept` and `refused`: it, or the refusal, survives a crash. `lost`:
 * nothing of it is kept, and it is to be tried again. `broken`: the same, by a fault in its judging.
 */
export type Taken = 'kept' | 'refused' | 'lost' | 'broken';

interface Passage extends Arrival {
  refusal: RefusedMember | null;
  isBroken: boolean;
}

/**
 * The way to a contract for a transport that is trusted and can wait: judges exactly as the doors
 * judge a member of a batch.
 *
 * Shares the contract's figures with its doors. What is to be tried again is in none of them: it is
 * not lost, since the transport still has it.
 */
export class Intake {
  private readonly members: Members<Passage>;
  private readonly figures: Behind['figures'];

  constructor(
    { options, check, figures }: Pick<Behind, 'options' | 'check' | 'figures'>,
    private readonly receiver: Receiver,
  ) {
    const handler: Behind['handler'] = (event, receipt) =>
      receiver.record(event as object, receipt);
    this.members = new Members({ options, check, handler }, witnessOf(options.name, figures));
    this.figures = figures;
  }

  /** Never rejects. */
  async take(bytes: Uint8Array, receipt: Receipt): Promise<Taken> {
    const from: Passage = { receipt, caller: ANONYMOUS, refusal: null, isBroken: false };
    const { verdict } = await this.members.resultOf(from, this.members.read(from, bytes));
    if (from.refusal) return this.setAside({ ...from.refusal, receipt }, bytes);
    if (verdict !== 'failed') return 'kept';
    return from.isBroken ? 'broken' : 'lost';
  }

  /** Refuses a message that is not to be tried any more. Never rejects. */
  async setAside(refused: Refused, bytes: Uint8Array): Promise<'refused' | 'lost'> {
    try {
      await this.receiver.refused(refused, bytes);
    } catch {
      return 'lost'; // the transport brings it again
    }
    this.figures.invalid(refused.reason);
    return 'refused';
  }
}

function witnessOf(contract: string, figures: Behind['figures']): Witness<Passage> {
  const log = new DoorLog(contract);
  return {
    knewNot: (fields) => figures.knewNot(fields),
    kept: ({ receipt }, traits) => figures.kept(traits, receipt),
    suppressed: (name, reason) => figures.suppressed(name, reason),
    lost: () => undefined,
    refused: (from, refusal) => {
      from.refusal = refusal;
    },
    failed: (from, error) => {
      from.isBroken = true;
      log.failed(from, error);
    },
  };
}
