import { isIP } from 'node:net';
import { ValidateBy, type ValidationOptions } from 'class-validator';

const isCidr = (text: string): boolean => {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
  );
};

/** A number of proxies, or addresses and networks separated by commas. */
export const isTrustProxy = (options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isTrustProxy',
      validator: {
        validate: (value) =>
          typeof value === 'string' &&
          (/^\d{1,2}$/.test(value) || value.split(',').every((item) => isCidr(item.trim()))),
        defaultMessage: () =>
          'TRUST_PROXY must be a number of proxies or a list of networks such as 10.0.0.0/8',
      },
    },
    options,
  );
