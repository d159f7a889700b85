import type { Queries } from '#libs/database';
import { Injectable } from '@nestjs/common';
import { arrayLiteral } from './array-literal.js';
import type { ContractWriter, Entry } from './contract-writer.js';
import { CLAIM_EVENT_KEYS, TIMES_OF_EVENT_KEYS } from './event-keys.sql.js';

interface Claim {
  readonly key: string;
  readonly time: unknown;
}

type Key = Pick<Claim, 'key'>;

/**
 * Says at which event time an event is stored whose retry may bear another: the raw table's own
 * key must contain the time by which it is partitioned.
 */
@Injectable()
export class EventKeysRepository {
  /** The entries, each at the time under which its key was stored first. */
  async decide(
    queries: Queries,
    writer: ContractWriter,
    entries: readonly Entry[],
  ): Promise<readonly Entry[]> {
    const { contract, table } = writer;
    const keys = entries.map(({ row }) => writer.eventKeyOf?.(row) ?? null);
    const claims = claimsOf(keys, entries, table.eventTime);
    if (claims.length === 0) return entries;
    const taken = await this.takenBefore(queries, contract, claims);
    const asked = keys.filter((key) => key !== null).length;
    if (taken.length === 0 && asked === claims.length) return entries; // none was there before
    const times = new Map([...claims, ...taken].map(({ key, time }) => [key, time]));
    return entries.map((entry, i) => {
      const own = timeOf(entry, table.eventTime);
      const time = times.get(keys[i] ?? '') ?? own;
      return time === own ? entry : at(entry, table.eventTime, time);
    });
  }

  private async takenBefore(
    queries: Queries,
    contract: string,
    claims: readonly Claim[],
  ): Promise<readonly Claim[]> {
    const [keys, times] = ['key', 'time'].map((column) => arrayLiteral(claims, column));
    const taken = await queries.query<Key>(CLAIM_EVENT_KEYS, [contract, keys, times]);
    if (taken.length === 0) return [];
    // A statement of its own: it sees what another writer committed while the first one waited.
    return queries.query<Claim>(TIMES_OF_EVENT_KEYS, [contract, arrayLiteral(taken, 'key')]);
  }
}

/** Each key once, with the time that came first; sorted, because two writers must not deadlock. */
function claimsOf(
  keys: readonly (string | null)[],
  entries: readonly Entry[],
  eventTime: string,
): Claim[] {
  const claims = new Map<string, Claim>();
  keys.forEach((key, i) => {
    if (key === null || claims.has(key)) return;
    claims.set(key, { key, time: timeOf(entries[i]!, eventTime) });
  });
  return [...claims.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

const timeOf = ({ row }: Entry, eventTime: string): unknown =>
  (row as Record<string, unknown>)[eventTime];

const at = ({ record, row }: Entry, eventTime: string, time: unknown): Entry => ({
  record,
  row: { ...row, [eventTime]: time },
});
