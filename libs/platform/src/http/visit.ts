import type { IncomingMessage, ServerResponse } from 'node:http';
import { ANONYMOUS, type Caller } from '../access/caller.js';
import type { Receipt } from './receipt.js';

/** One request at a door, from its head to its answer. */
export class Visit {
  readonly startedMs = performance.now();
  caller: Caller = ANONYMOUS;
  /** Bytes of the body as far as they were read. */
  size = 0;
  /** Set once its event is in the figures: never twice, whatever fails afterwards. */
  counted = false;

  constructor(
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
    readonly receipt: Receipt,
    /** The sender sends its body only once it is told to continue. */
    public awaitsContinue: boolean,
  ) {}
}
