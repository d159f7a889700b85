import { isDeepStrictEqual } from 'node:util';
import { type EncryptionKeys, isSealed, sealedBeginning } from '#libs/platform';
import type { Queries } from '../database.js';
import { PROPS_IN_USE } from './props-in-use.js';
import { ADD_KEY_USES } from './sensitive-props.sql.js';

export type Props = Readonly<Record<string, unknown>>;

/** Stands for what is encrypted and cannot be read: its key is unknown, or it was changed. */
export const UNREADABLE = '[unreadable]';

/** As far as it is looked at here. */
interface StoredProps {
  readonly occurredAt: string;
  readonly propsJson: string | null;
}

export interface SensitivePropsParts {
  /** Names at the top level of `props`; each stands for all that is in it. */
  readonly names: readonly string[];
  /** Null: nothing is encrypted, and nothing encrypted can be read. */
  readonly keys: EncryptionKeys | null;
  /** Is told of each prop that was to be read and cannot be. */
  readonly unreadable: () => void;
}

/**
 * The fields of an event's `props` that are stored encrypted: which they are, and the way there and
 * back. What is encrypted is the JSON of a field's value, bound to its event and its name.
 */
export class SensitiveProps {
  private readonly names: ReadonlySet<string>;

  /** @throws for names that cannot be encrypted, because Footfall itself needs their values. */
  constructor(private readonly parts: SensitivePropsParts) {
    this.names = new Set(parts.names);
    const inUse = parts.names.filter((name) => PROPS_IN_USE.has(name));
    if (inUse.length > 0) {
      throw new Error(
        `ENCRYPTED_PROPS: ${inUse.join(', ')} cannot be encrypted, since columns or figures are ` +
          'made of them',
      );
    }
  }

  /**
   * `props` as the column has them. A value that has the form of an encrypted one is encrypted too,
   * whatever its name: what looks like it in the table is ours.
   */
  stored(eventId: string, props: Props): Props {
    const { keys } = this.parts;
    if (!keys) return props;
    const isToSeal = (name: string, value: unknown): boolean =>
      this.names.has(name) || isSealed(value);
    if (!Object.entries(props).some(([name, value]) => isToSeal(name, value))) return props;
    return mapped(props, (name, value) =>
      isToSeal(name, value) ? keys.seal(JSON.stringify(value), placeOf(eventId, name)) : value,
    );
  }

  /** `props` without what is stored encrypted. */
  without(props: Props): Props {
    if (this.names.size === 0) return props;
    return Object.fromEntries(Object.entries(props).filter(([name]) => !this.names.has(name)));
  }

  /** Else nothing was ever encrypted, as far as can be told. */
  get hasKeys(): boolean {
    return this.parts.keys !== null;
  }

  /** Whether only those may see it who may read personal data; also what was stored in clear. */
  isSensitive(name: string, value: unknown): boolean {
    return this.names.has(name) || isSealed(value);
  }

  /** The value as it was sent, or `[unreadable]`. Never throws. */
  shown(eventId: string, name: string, value: unknown): unknown {
    const opened = this.opened(eventId, name, value);
    return opened ? opened.value : UNREADABLE;
  }

  /**
   * `sent` with the encrypted values of `stored` where both say the same, so that PostgreSQL can
   * compare them: each encryption looks different. A stored value that cannot be read is taken for
   * the same: that it is there is all that is known of it.
   */
  respelt(eventId: string, sent: Props, stored: Props): Props {
    if (!this.parts.keys) return sent;
    return mapped(sent, (name, value) => {
      const other = Object.hasOwn(stored, name) ? stored[name] : undefined;
      if (other === undefined || !(isSealed(value) || isSealed(other))) return value;
      const known = this.opened(eventId, name, other);
      const said = this.opened(eventId, name, value);
      return known === null || isDeepStrictEqual(said, known) ? other : value;
    });
  }

  /** Notes, in the transaction that stores them, which days' events the current key has encrypted. */
  async noteUses(queries: Queries, rows: readonly StoredProps[]): Promise<void> {
    const { keys } = this.parts;
    if (!keys) return;
    const used = rows
      .map((row) => ({ row, props: sealedIn(row.propsJson, keys.current) }))
      .filter(({ props }) => props > 0);
    if (used.length === 0) return;
    await queries.query(ADD_KEY_USES, [
      keys.current,
      used.map(({ row }) => row.occurredAt),
      used.map(({ props }) => props),
    ]);
  }

  /** Null where it is encrypted and cannot be read. */
  private opened(eventId: string, name: string, value: unknown): { value: unknown } | null {
    if (!isSealed(value)) return { value };
    const json = this.parts.keys?.open(value, placeOf(eventId, name)) ?? null;
    if (json !== null) return { value: JSON.parse(json) };
    this.parts.unreadable();
    return null;
  }
}

/** What an encrypted value is bound to: moved to another event or name, it cannot be read. */
export const placeOf = (eventId: string, name: string): string =>
  `events|props_json|${eventId}|${name}`;

/** Entry by entry: a field called `__proto__` is a field like any other. */
const mapped = (props: Props, map: (name: string, value: unknown) => unknown): Props =>
  Object.fromEntries(Object.entries(props).map(([name, value]) => [name, map(name, value)]));

/** Most rows have none, and need not be parsed. */
function sealedIn(propsJson: string | null, keyId: string): number {
  const beginning = sealedBeginning(keyId);
  if (propsJson === null || !propsJson.includes(`"${beginning}`)) return 0;
  const values = Object.values(JSON.parse(propsJson) as Props);
  return values.filter((value) => isSealed(value) && value.startsWith(beginning)).length;
}
