import { ValidateBy } from 'class-validator';

/** A secret that cannot be guessed by its length. Its value is in no message. */
export const isSecret = (leastBytes: number): PropertyDecorator =>
  ValidateBy({
    name: 'isSecret',
    validator: {
      validate: (value) => typeof value === 'string' && Buffer.byteLength(value) >= leastBytes,
      defaultMessage: (of) => `${of?.property} must be a secret of at least ${leastBytes} bytes`,
    },
  });
