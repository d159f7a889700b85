import { ValidateBy } from 'class-validator';

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Where nobody in between can change what is read: TLS, or this machine. */
export const isSafeAddress = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));

/** An issuer of tokens: an address without a login, a question or a fragment. */
export const isIssuer = (): PropertyDecorator =>
  ValidateBy({
    name: 'isIssuer',
    validator: {
      validate: (value) => typeof value === 'string' && isReadable(value),
      defaultMessage: (of) =>
        `${of?.property} must be an https address such as https://id.example.com/realms/main`,
    },
  });

function isReadable(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && isSafeAddress(url) && !/[?#@\s]/.test(text);
}
