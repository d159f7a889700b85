import type { Caller } from '../access/caller.js';
import { type Breach, ContractBreachError } from '../errors/contract-breach.error.js';
import { OTHER_EVENT, type Suppression } from './door.metrics.js';
import type { Behind } from './doorway.js';
import type { Traits } from './endpoint-options.js';
import { asSent, type Reading, readObject, unreadable } from './json-body.js';
import type { Shape } from './json-shape.js';
import type { Outcome } from './outcome.js';
import type { Receipt } from './receipt.js';
import { reasonOf, type RefusalReason } from './refused.js';
import { suppressionOf } from './suppression.js';

export type Verdict = 'accepted' | 'rejected' | 'skipped' | 'failed';

/** What became of one event of several. */
export interface Result {
  readonly eventId: string | null;
  readonly verdict: Verdict;
  readonly breaches?: readonly Breach[];
}

/** A member that keeps its contract. */
export interface Sound {
  readonly event: object;
  readonly traits: Traits;
  readonly size: number;
  /** Its own bytes, where the check left it as it came. */
  readonly sent: Uint8Array | undefined;
}

export type Member = Sound | Result;

export const isSound = (member: Member): member is Sound => 'event' in member;

/** Who sent it, and when. */
export interface Arrival {
  readonly receipt: Receipt;
  readonly caller: Caller;
}

export interface RefusedMember {
  readonly reason: RefusalReason;
  readonly breaches: readonly Breach[];
  readonly payload: object | null;
  readonly size: number;
}

/** Is told what became of each member: by the door, which keeps figures and passes refusals on. */
export interface Witness<From extends Arrival> {
  knewNot(fields: number): void;
  kept(from: From, traits: Traits): void;
  suppressed(name: string, reason: Suppression): void;
  lost(name: string): void;
  refused(from: From, refused: RefusedMember): void;
  failed(from: From, error: unknown): void;
}

const VERDICTS: Readonly<Record<Outcome['verdict'], Verdict>> = {
  kept: 'accepted',
  lost: 'failed',
  skipped: 'skipped',
};
const LONGEST_ID = 200;

/** Judges events one by one, each by itself: by the contract's check, then by its handler. */
export class Members<From extends Arrival> {
  constructor(
    private readonly behind: Pick<Behind, 'options' | 'check' | 'handler'>,
    private readonly witness: Witness<From>,
  ) {}

  /** Reads and checks one member, whose shape may be known. Never throws. */
  read(from: From, bytes: Uint8Array, shape?: Shape): Member {
    const { body, fault } = this.readingOf(bytes, shape);
    const size = bytes.length;
    if (fault) {
      const { reason, breach } = fault;
      return this.reject(from, { reason, breaches: [breach], payload: null, size });
    }
    try {
      const { breaches, unknownFields, isAsSent } = this.behind.check(body);
      this.witness.knewNot(unknownFields);
      if (breaches.length === 0) {
        const traits = this.behind.options.traits(body);
        return { event: body, traits, size, sent: isAsSent ? bytes : undefined };
      }
      return this.reject(from, { reason: 'breach', breaches, payload: asSent(bytes), size });
    } catch (error) {
      return this.failed(from, error, null, OTHER_EVENT);
    }
  }

  /** Hands a sound member to its contract; answers what is judged already. Never rejects. */
  resultOf(from: From, member: Member): Promise<Result> {
    if (!isSound(member)) return Promise.resolve(member);
    const { event, sent } = member;
    try {
      return this.behind.handler(event, from.receipt, from.caller, sent).then(
        (outcome) => this.settled(from, member, outcome),
        (error: unknown) => this.notTaken(from, member, error),
      );
    } catch (error) {
      return Promise.resolve(this.notTaken(from, member, error));
    }
  }

  private notTaken(from: From, { event, traits, size }: Sound, error: unknown): Result {
    if (!(error instanceof ContractBreachError)) {
      return this.failed(from, error, traits.id ?? null, traits.name);
    }
    const { breaches } = error;
    return this.reject(from, { reason: reasonOf(error), breaches, payload: event, size });
  }

  private readingOf(bytes: Uint8Array, shape: Shape | undefined): Reading {
    const { bodyLimit } = this.behind.options;
    if (bytes.length <= bodyLimit) return readObject(bytes, shape);
    return { fault: unreadable('too_large', `is larger than ${bodyLimit} bytes`) };
  }

  /** An outcome that is none is a fault of ours like any other. */
  private settled(from: From, member: Sound, outcome: Outcome): Result {
    const { traits } = member;
    try {
      const { verdict, eventId } = outcome;
      if (verdict === 'kept') this.witness.kept(from, traits);
      else if (verdict === 'lost') this.witness.lost(traits.name);
      else this.witness.suppressed(traits.name, suppressionOf(from.receipt));
      return { eventId: eventId ?? traits.id ?? null, verdict: VERDICTS[verdict] };
    } catch (error) {
      return this.notTaken(from, member, error);
    }
  }

  private failed(from: From, error: unknown, eventId: string | null, name: string): Result {
    this.witness.failed(from, error);
    this.witness.lost(name);
    return { eventId, verdict: 'failed' };
  }

  private reject(from: From, refused: RefusedMember): Result {
    this.witness.refused(from, refused);
    const { breaches, payload } = refused;
    return { eventId: payload && this.idOf(payload), verdict: 'rejected', breaches };
  }

  /** What the sender may have meant as its id, although the event breaks the contract. */
  private idOf(payload: object): string | null {
    try {
      const id: unknown = this.behind.options.traits(payload).id;
      return typeof id === 'string' && id.length <= LONGEST_ID ? id : null;
    } catch {
      return null;
    }
  }
}
