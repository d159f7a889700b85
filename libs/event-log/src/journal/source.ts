import type { Slice } from './recent-records.js';

export interface SourceState {
  readonly records: number;
  readonly bytes: number;
  readonly oldestAt: number | null;
}

/** One journal, as the consumer sees it. */
export interface Source {
  readonly state: SourceState;
  /** The records after the last that were forgotten: the same again until they are forgotten. */
  take(most: number): Promise<Slice | null>;
  forget(slice: Slice): Promise<void>;
}
