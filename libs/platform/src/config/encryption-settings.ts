import { ValidateBy } from 'class-validator';
import { EncryptionKeys } from '../encryption/encryption-keys.js';

/** A ring of keys. Nothing of its value is in the message, neither a key nor an id. */
export const isKeyRing = (): PropertyDecorator =>
  ValidateBy({
    name: 'isKeyRing',
    validator: {
      validate: (value) => problemOf(value) === null,
      defaultMessage: (of) =>
        `${of?.property} must be keys such as k2:<base64>,k1:<base64>: ${problemOf(of?.value)}`,
    },
  });

function problemOf(value: unknown): string | null {
  try {
    void new EncryptionKeys(String(value));
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/**
 * Names of fields at the top level of an object. One with a dot looks like a path: taken as a name
 * it would protect nothing, and nobody would notice.
 */
export const areFieldNames = (): PropertyDecorator =>
  ValidateBy({
    name: 'areFieldNames',
    validator: {
      validate: (value) =>
        Array.isArray(value) && value.every((name) => /^[^\s.,:"\\]{1,100}$/u.test(String(name))),
      defaultMessage: (of) =>
        `${of?.property} must be names separated by commas; a name stands for all that is in it, ` +
        'so that there are no paths with dots',
    },
  });
