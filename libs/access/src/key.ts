import { hash, randomBytes, randomUUID } from 'node:crypto';

/** 192 random bits: as many characters in base64url, without padding. */
const SECRET_BYTES = 24;
const KEY = /^ff_([0-9a-f]{32})_[\w-]{32}$/;

/** A key as its bearer knows it. Its text is a secret: it is shown once and never logged. */
export interface Key {
  /** In clear in the text: by it the key is found, and by it a leaked one is recognised. */
  readonly id: string;
  readonly text: string;
}

export function newKey(): Key {
  const id = randomUUID();
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  return { id, text: `ff_${id.replaceAll('-', '')}_${secret}` };
}

/** Null for what does not look like a key of ours. */
export function keyOf(text: string): Key | null {
  const hex = KEY.exec(text)?.[1];
  return hex === undefined ? null : { id: uuidOf(hex), text };
}

/** What is stored and compared in place of the key. */
export const digestOf = (key: Key): Buffer => hash('sha256', key.text, 'buffer');

const uuidOf = (hex: string): string =>
  [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
    '-',
  );
