import type { Queries } from '#libs/database';
import type { Fold } from '../projections/fold.js';
import type { Rollup } from '../rollups/rollup.js';
import { IS_FINAL } from './retention.sql.js';

/**
 * Whether the figures of a day stay as they are, because retention may have taken events that they
 * were counted from: what comes later still, is in none. Until the end of the transaction retention
 * waits.
 */
export async function isFinal(
  transaction: Queries,
  folds: readonly Pick<Fold, 'contract'>[],
  day: string,
): Promise<boolean> {
  const contracts = [...new Set(folds.map(({ contract }) => contract))];
  const marks = await transaction.query<{ isFinal: boolean }>(IS_FINAL, [contracts, day]);
  return marks.some((mark) => mark.isFinal);
}

/** The same of a rollup, which these are the projections of. */
export const isFinalFor = async (
  transaction: Queries,
  { outlivesEvents }: Pick<Rollup, 'outlivesEvents'>,
  folds: readonly Pick<Fold, 'contract'>[],
  day: string,
): Promise<boolean> => !outlivesEvents && isFinal(transaction, folds, day);
