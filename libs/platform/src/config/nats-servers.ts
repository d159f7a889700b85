import { ValidateBy } from 'class-validator';

const DEFAULT_PORT = '4222';
const SCHEMES: ReadonlySet<string> = new Set(['nats:', 'tls:']);

/** One server, and how to enter it. */
export interface NatsServer {
  readonly address: string;
  readonly tls: boolean;
  readonly user?: string;
  readonly pass?: string;
  readonly token?: string;
}

/**
 * Reads a list of servers separated by commas. Each has credentials of its own: `user:password@`,
 * or a token in their place. @throws without repeating what was read, which may hold a password.
 */
export const natsServersIn = (setting: string): NatsServer[] =>
  setting.split(',').map((url) => serverIn(url.trim()));

function serverIn(text: string): NatsServer {
  if (!URL.canParse(text)) throw new Error('not the address of a NATS server');
  const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(text);
  const rest = pathname.replace(/^\/$/, '') + search + hash;
  if (!SCHEMES.has(protocol) || hostname === '' || rest !== '') {
    throw new Error('not the address of a NATS server');
  }
  const server = { address: `${hostname}:${port || DEFAULT_PORT}`, tls: protocol === 'tls:' };
  if (username === '') return server;
  const user = decodeURIComponent(username);
  return password === ''
    ? { ...server, token: user }
    : { ...server, user, pass: decodeURIComponent(password) };
}

/** What `natsServersIn` reads. Its value is in no message. */
export const areNatsServers = (): PropertyDecorator =>
  ValidateBy({
    name: 'areNatsServers',
    validator: {
      validate: (value) => typeof value === 'string' && isReadable(value),
      defaultMessage: (of) =>
        `${of?.property} must be a list of addresses such as nats://user:password@host:4222`,
    },
  });

function isReadable(setting: string): boolean {
  try {
    natsServersIn(setting);
    return true;
  } catch {
    return false;
  }
}
