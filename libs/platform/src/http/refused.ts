import {
  type Breach,
  type ContractBreachError,
  NotAllowedError,
} from '../errors/contract-breach.error.js';
import type { Receipt } from './receipt.js';

/** Why a door refused, from a closed list: a metric label and the `reason` of a refusal. */
export const REFUSAL_REASONS = [
  'breach',
  'not_json',
  'too_large',
  'too_deep',
  'media_type',
  'encoding',
  'aborted',
  'unauthorized',
  'forbidden',
  'rate_limited',
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** Why, where the contract itself refuses what its check has passed. */
export const reasonOf = (error: ContractBreachError): 'breach' | 'unauthorized' | 'forbidden' =>
  error instanceof NotAllowedError ? error.reason : 'breach';

/** What a door refused, told to the contract that it was meant for: the door knows no contract. */
export interface Refused {
  readonly reason: RefusalReason;
  readonly breaches: readonly Breach[];
  /** The body as it was sent, parsed; null where it could not be read. Neither bounded nor masked. */
  readonly payload: unknown;
  /** Bytes of the body as far as they were read. */
  readonly size: number;
  readonly receipt: Receipt;
}

/** A controller with doors hears what they refused; the declaration does not compile without it. */
export interface HearsRefusals {
  refused(refused: Refused): void;
}
