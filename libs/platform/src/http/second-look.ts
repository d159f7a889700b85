import { ANONYMOUS, type Caller } from '../access/caller.js';
import { DoorLog } from './door.log.js';
import type { Behind } from './doorway.js';
import { type Arrival, Members, type Result, type Witness } from './members.js';

/**
 * Judges again what a door refused before, exactly as a member of a batch is judged.
 *
 * Nobody sends it, so nothing is limited, and the door neither counts it again nor tells its
 * contract of another refusal.
 */
export class SecondLook {
  private readonly members: Members<Arrival>;
  private readonly needsCaller: boolean;

  constructor(behind: Pick<Behind, 'options' | 'check' | 'handler'>) {
    const { name, caller } = behind.options;
    this.members = new Members(behind, silent(new DoorLog(name)));
    this.needsCaller = caller === 'required';
  }

  /** Never rejects: a failure of ours is a verdict. */
  async at(bytes: Uint8Array, { receipt, caller }: Arrival): Promise<Result> {
    const from = { receipt, caller: this.trusted(caller) };
    return this.members.resultOf(from, this.members.read(from, bytes));
  }

  /** Where anybody may send, an event gains no trust by the administrator who sends it again. */
  private trusted(caller: Caller): Caller {
    return this.needsCaller ? caller : ANONYMOUS;
  }
}

const nothing = (): void => undefined;

const silent = (log: DoorLog): Witness<Arrival> => ({
  knewNot: nothing,
  kept: nothing,
  suppressed: nothing,
  lost: nothing,
  refused: nothing,
  failed: (from, error) => log.failed(from, error),
});
