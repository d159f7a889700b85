import type { Breach } from '../errors/contract-breach.error.js';

/** A DTO class: the home of a contract. */
export type ContractClass<Event> = new (...args: never[]) => Event;

/**
 * Judges one parsed body in place: normalises it, drops `null` optional fields and answers what
 * breaks the contract, at most one breach a field; none means the body now is an event.
 *
 * Never throws: a bad event is a value, not an error.
 */
export type Check = (body: unknown) => CheckResult;

export interface CheckResult {
  readonly breaches: readonly Breach[];
  /** How many top-level fields the contract does not know. They are dropped, not stored. */
  readonly unknownFields: number;
  /** Nothing was changed: the text that was parsed still says what the body says. */
  readonly isAsSent: boolean;
}
