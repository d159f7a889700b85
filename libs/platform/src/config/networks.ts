import { ValidateBy } from 'class-validator';
import { networksIn } from '../http/client-address.js';

/** Addresses and networks separated by commas; never the whole internet. */
export const isNetworks = (): PropertyDecorator =>
  ValidateBy({
    name: 'isNetworks',
    validator: {
      validate: (value) => typeof value === 'string' && isReadable(value),
      defaultMessage: (of) =>
        `${of?.property} must be a list of addresses and networks such as 10.0.0.0/8,192.168.1.7`,
    },
  });

function isReadable(setting: string): boolean {
  try {
    networksIn(setting);
    return true;
  } catch {
    return false;
  }
}
