import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 'v1';

/** Short, because it stands in clear before every text that it encrypted. */
const KEY_ID = /^[A-Za-z0-9_-]{1,16}$/;

/** Version, key id, nonce, tag, ciphertext: the last three in base64url. */
const SEALED = new RegExp(
  `^${VERSION}:(?<keyId>[A-Za-z0-9_-]{1,16}):(?<nonce>[\\w-]{16}):(?<tag>[\\w-]{22}):(?<ciphertext>[\\w-]{2,})$`,
);

/** What every text begins with that this key encrypted. */
export const sealedBeginning = (keyId?: string): string =>
  keyId === undefined ? `${VERSION}:` : `${VERSION}:${keyId}:`;

/** Whether it has the form of an encrypted text; not whether it can be read. */
export const isSealed = (value: unknown): value is string =>
  typeof value === 'string' && SEALED.test(value);

/**
 * A ring of keys for AES-256-GCM: the first one encrypts, all of them decrypt.
 *
 * An encrypted text is bound to its place by associated data: moved elsewhere, it cannot be read.
 */
export class EncryptionKeys {
  /** The id of the key that encrypts. */
  readonly current: string;
  /** The ids of the others. */
  readonly others: readonly string[];
  readonly #keys: ReadonlyMap<string, KeyObject>;

  /**
   * @param setting `id:key,id:key`, each key 32 bytes in base64.
   * @throws where it is not; the message holds nothing of it, since a key may stand anywhere in it.
   */
  constructor(setting: string) {
    this.#keys = keysIn(setting);
    const [current = '', ...others] = this.#keys.keys();
    this.current = current;
    this.others = others;
  }

  /** `v1:key id:nonce:tag:ciphertext`. The nonce is random: the same text never looks the same. */
  seal(text: string, associated: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.#keys.get(this.current)!, nonce, {
      authTagLength: TAG_BYTES,
    }).setAAD(Buffer.from(associated));
    const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    const parts = [nonce, cipher.getAuthTag(), ciphertext].map((part) =>
      part.toString('base64url'),
    );
    return sealedBeginning(this.current) + parts.join(':');
  }

  /** Null where its key is unknown, or where it is not, to the last bit, what was sealed there. */
  open(sealed: string, associated: string): string | null {
    const { keyId = '', ...parts } = SEALED.exec(sealed)?.groups ?? {};
    const key = this.#keys.get(keyId);
    const nonce = bytesOf(parts['nonce']);
    const tag = bytesOf(parts['tag']);
    const ciphertext = bytesOf(parts['ciphertext']);
    if (!key || !nonce || !tag || !ciphertext) return null;
    const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(associated))
      .setAuthTag(tag);
    try {
      return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
    } catch {
      return null; // authentication failed: tampered with, moved, or of another key of this id
    }
  }
}

/** Node reads base64url leniently: bits beyond the last byte could be anything. */
function bytesOf(text: string | undefined): Buffer | null {
  const bytes = Buffer.from(text ?? '', 'base64url');
  return text !== undefined && bytes.toString('base64url') === text ? bytes : null;
}

function keysIn(setting: string): ReadonlyMap<string, KeyObject> {
  const keys = new Map<string, KeyObject>();
  for (const [i, item] of setting.split(',').entries()) {
    const [, id = '', text = ''] = /^([^:]*):(.*)$/.exec(item.trim()) ?? [];
    if (!KEY_ID.test(id)) throw new Error(problem(i, 'has no id of at most 16 letters or digits'));
    if (keys.has(id)) throw new Error(problem(i, 'has the id of another'));
    const bytes = keyBytes(text);
    if (!bytes) throw new Error(problem(i, `is not ${KEY_BYTES} bytes in base64`));
    const key = createSecretKey(bytes);
    if ([...keys.values()].some((other) => other.equals(key))) {
      throw new Error(problem(i, 'is the same as another'));
    }
    keys.set(id, key);
  }
  return keys;
}

const problem = (i: number, what: string): string => `key ${i + 1} ${what}`;

function keyBytes(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  const isWhole = unpadded(bytes.toString('base64')) === unpadded(text);
  return isWhole && bytes.length === KEY_BYTES ? bytes : null;
}

const unpadded = (text: string): string => text.replace(/=+$/, '');
