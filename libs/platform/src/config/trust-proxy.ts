import { ValidateBy, type ValidationOptions } from 'class-validator';
import { parseTrustedProxies } from '../http/client-address.js';

/** What the door can read: a number of proxies, or addresses and networks separated by commas. */
export const isTrustProxy = (options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isTrustProxy',
      validator: {
        validate: (value) => typeof value === 'string' && isReadable(value),
        defaultMessage: () =>
          'TRUST_PROXY must be a number of proxies or a list of networks such as 10.0.0.0/8',
      },
    },
    options,
  );

function isReadable(setting: string): boolean {
  try {
    parseTrustedProxies(setting);
    return true;
  } catch {
    return false;
  }
}
