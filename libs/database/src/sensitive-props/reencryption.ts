import { setTimeout as pause } from 'node:timers/promises';
import { type EncryptionKeys, isSealed, sealedBeginning } from '#libs/platform';
import type { Database, Queries } from '../database.js';
import type { DatabaseLog } from '../database.log.js';
import { placeOf } from './sensitive-props.js';
import type { SensitivePropsMetrics } from './sensitive-props.metrics.js';
import {
  COUNT_TO_REENCRYPT,
  MERGE_KEY_USES,
  NEXT_EVENTS,
  NOTE_KEY_USES,
  PUT_PROPS,
  TAKE_OLDEST_DAY,
  TRY_TO_ENCRYPT_ALONE,
} from './sensitive-props.sql.js';

/** Events that one transaction looks at. */
const BATCH = 500;
/** As long as a batch took, and no less: at most half of one connection's time. */
const LEAST_PAUSE_MS = 20;
/** Under which props are noted that stand in clear and are to be encrypted. */
const IN_CLEAR = '';

export interface ReencryptionParts {
  readonly database: Database;
  /** Null: there is nothing to do. */
  readonly keys: EncryptionKeys | null;
  readonly names: readonly string[];
  readonly metrics: SensitivePropsMetrics;
  readonly log: DatabaseLog;
}

/** What is noted of one key's props of a day. */
interface KeyUse {
  readonly keyId: string;
  readonly day: string;
  readonly props: number;
  readonly position: string;
}

interface StaleEvent {
  readonly id: string;
  readonly occurredAt: string;
  /** Name and JSON of each prop that is to be encrypted anew. */
  readonly stale: readonly (readonly [name: string, json: string])[] | null;
}

/** A row with its new props, and how many of them each key had before. */
interface FreshEvent {
  readonly id: string;
  readonly occurredAt: string;
  readonly was: string;
  readonly now: string;
  readonly keyIds: readonly string[];
}

/**
 * Encrypts anew, with the current key, what other keys have encrypted: day by day, in small
 * batches, each a transaction that also notes how far it came. Any number of processes may try;
 * one at a time does.
 */
export class Reencryption {
  constructor(private readonly parts: ReencryptionParts) {}

  /** Until nothing is left, another process is at it, or `stop` is aborted. Never rejects. */
  async run(stop: AbortSignal): Promise<void> {
    const { keys, database, metrics, log } = this.parts;
    if (!keys) return;
    let total = 0;
    try {
      await database.transaction(merge);
      for (;;) {
        metrics.remaining(await this.remaining(keys));
        if (stop.aborted) return;
        const startedAt = Date.now();
        const done = await database.transaction((queries) => this.step(queries, keys));
        if (done === null) break;
        total += done;
        metrics.reencrypted(done);
        await pause(Math.max(LEAST_PAUSE_MS, Date.now() - startedAt), null, { signal: stop });
      }
      if (total > 0) log.propsReencrypted(total, keys.current);
    } catch (error) {
      if (!stop.aborted) log.propsNotReencrypted(error);
    }
  }

  private async remaining(keys: EncryptionKeys): Promise<number> {
    const [row] = await this.parts.database.query<{ props: number }>(COUNT_TO_REENCRYPT, [
      keys.current,
    ]);
    return row?.props ?? 0;
  }

  /** One batch: how many props it encrypted; null where there is nothing to do for this process. */
  private async step(queries: Queries, keys: EncryptionKeys): Promise<number | null> {
    if (!(await isAlone(queries))) return null;
    const uses = await queries.query<KeyUse>(TAKE_OLDEST_DAY, [[...keys.others, IN_CLEAR]]);
    const [first] = uses;
    if (!first) return null;
    const position = uses.map((use) => use.position).reduce((a, b) => (a < b ? a : b));
    const events = await queries.query<StaleEvent>(NEXT_EVENTS, [
      first.day,
      position,
      BATCH,
      `"${sealedBeginning(keys.current)}`,
      this.parts.names,
    ]);
    const fresh = events.flatMap((event) => this.freshened(event, keys) ?? []);
    if (fresh.length > 0) await put(queries, fresh);
    const last = events.length < BATCH ? null : (events.at(-1)?.id ?? null);
    const left = last === null ? [] : uses.map((use) => leftOf(use, fresh, last));
    const props = fresh.reduce((sum, { keyIds }) => sum + keyIds.length, 0);
    await note(queries, [
      ...left,
      ...(props > 0 ? [{ ...first, keyId: keys.current, props, position: NOWHERE }] : []),
    ]);
    return props;
  }

  /** Null where nothing of it can be read. What cannot be read stays as it is. */
  private freshened(event: StaleEvent, keys: EncryptionKeys): FreshEvent | null {
    const { id, occurredAt, stale } = event;
    const entries = (stale ?? []).flatMap(([name, json]) => {
      const said = this.openedJson(id, name, json, keys);
      if (said === null) return [];
      const now = JSON.stringify(keys.seal(said.json, placeOf(id, name)));
      return [{ name: JSON.stringify(name), was: json, now, keyId: said.keyId }];
    });
    if (entries.length === 0) return null;
    return {
      id,
      occurredAt,
      was: `{${entries.map(({ name, was }) => `${name}:${was}`).join()}}`,
      now: `{${entries.map(({ name, now }) => `${name}:${now}`).join()}}`,
      keyIds: entries.map(({ keyId }) => keyId),
    };
  }

  /** The JSON that is, or was, encrypted, and with which key. */
  private openedJson(
    id: string,
    name: string,
    json: string,
    keys: EncryptionKeys,
  ): { readonly json: string; readonly keyId: string } | null {
    const value = json.startsWith('"') ? (JSON.parse(json) as string) : null;
    if (!isSealed(value)) {
      return this.parts.names.includes(name) ? { json, keyId: IN_CLEAR } : null;
    }
    const opened = keys.open(value, placeOf(id, name));
    if (opened === null) this.parts.metrics.unreadable();
    return opened === null ? null : { json: opened, keyId: value.split(':')[1] ?? '' };
  }
}

/** Before every id of an event. */
const NOWHERE = '00000000-0000-0000-0000-000000000000';

async function isAlone(queries: Queries): Promise<boolean> {
  const [row] = await queries.query<{ alone: boolean }>(TRY_TO_ENCRYPT_ALONE);
  return row?.alone ?? false;
}

async function merge(queries: Queries): Promise<void> {
  if (await isAlone(queries)) await queries.query(MERGE_KEY_USES);
}

const put = (queries: Queries, fresh: readonly FreshEvent[]): Promise<unknown> =>
  queries.query(PUT_PROPS, [
    fresh.map(({ id }) => id),
    fresh.map(({ occurredAt }) => occurredAt),
    fresh.map(({ was }) => was),
    fresh.map(({ now }) => now),
  ]);

function leftOf(use: KeyUse, fresh: readonly FreshEvent[], position: string): KeyUse {
  const done = fresh.flatMap(({ keyIds }) => keyIds).filter((keyId) => keyId === use.keyId).length;
  return { ...use, props: Math.max(0, use.props - done), position };
}

const note = (queries: Queries, uses: readonly KeyUse[]): Promise<unknown> =>
  queries.query(NOTE_KEY_USES, [
    uses.map(({ keyId }) => keyId),
    uses.map(({ day }) => day),
    uses.map(({ props }) => props),
    uses.map(({ position }) => position),
  ]);
