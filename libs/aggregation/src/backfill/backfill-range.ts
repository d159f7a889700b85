import { type BackfillDto, EARLIEST_BACKFILL_DAY, MOST_BACKFILL_DAYS } from '#libs/contracts';
import { ContractBreachError } from '#libs/platform';

const DAY_MS = 86_400_000;

/**
 * Judges the days of a backfill: they begin before they end, are not too many, and none is yet to
 * come.
 *
 * @throws ContractBreachError
 */
export function checkRange({ from, to }: Pick<BackfillDto, 'from' | 'to'>, now: Date): void {
  if (from < EARLIEST_BACKFILL_DAY) breach('from', `must not be before ${EARLIEST_BACKFILL_DAY}`);
  if (to > now.toISOString().slice(0, 10)) breach('to', 'must not be after today, in UTC');
  if (from > to) breach('from', 'must not be after `to`');
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  if (days > MOST_BACKFILL_DAYS)
    breach('from', `must be at most ${MOST_BACKFILL_DAYS} days up to \`to\``);
}

function breach(field: string, reason: string): never {
  throw new ContractBreachError([{ field, reason }]);
}
