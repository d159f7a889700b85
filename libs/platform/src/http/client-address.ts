import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, SocketAddress } from 'node:net';
import { LRUCache } from 'lru-cache';
import type { Credentials } from '../access/authenticator.js';

/** Which forwarding headers are believed: of how many proxies, or of proxies at which addresses. */
export type TrustedProxies = number | BlockList;

export const NO_PROXY: TrustedProxies = 0;

/**
 * Reads `TRUST_PROXY`: a number of hops, or addresses and networks separated by commas. Empty
 * trusts nobody, and nothing trusts everybody: the left-most address is the sender's to choose.
 *
 * @throws where it is neither.
 */
export function parseTrustedProxies(setting: string): TrustedProxies {
  const text = setting.trim();
  if (text === '') return NO_PROXY;
  if (/^\d{1,2}$/.test(text)) return Number(text);
  return networksIn(text);
}

/**
 * Reads addresses and networks separated by commas.
 *
 * @throws where one of them is neither, or is the whole internet.
 */
export function networksIn(text: string): BlockList {
  const networks = new BlockList();
  for (const entry of text.split(',')) addNetwork(networks, entry.trim());
  return networks;
}

function addNetwork(networks: BlockList, entry: string): void {
  const [address = '', prefix, ...others] = entry.split('/');
  const version = isIP(address);
  const widest = version === 4 ? 32 : 128;
  const bits = prefix === undefined ? widest : /^\d{1,3}$/.test(prefix) ? Number(prefix) : NaN;
  if (version === 0 || others.length > 0 || !(bits > 0 && bits <= widest)) {
    throw new Error(`"${entry}" is neither a number of proxies nor an address or network`);
  }
  networks.addSubnet(address, bits, version === 4 ? 'ipv4' : 'ipv6');
}

/** Says whose address stands behind a request. Injectable: the configuration is read once. */
export class ClientAddress {
  constructor(private readonly proxies: TrustedProxies = NO_PROXY) {}

  /** The socket's address, or the client's behind configured proxies; null where it is no address. */
  of({ headers, socket }: IncomingMessage): string | null {
    return this.behind({ headers, socketAddress: socket.remoteAddress });
  }

  /** The same, where the request itself is not at hand. */
  behind({ headers, socketAddress }: Credentials): string | null {
    const socket = plainAddress(socketAddress);
    if (this.proxies === 0 || socket === null) return socket;
    const forwarded = headers['x-forwarded-for'];
    if (forwarded === undefined) return socket;
    const hops = [forwarded].flat().join(',').split(',').toReversed();
    return typeof this.proxies === 'number'
      ? behindHops(hops, this.proxies)
      : behindNetworks(socket, hops, this.proxies);
  }
}

/** Each proxy notes whom it heard, so the n-th from the right is what the outermost one noted. */
const behindHops = (hops: readonly string[], count: number): string | null =>
  plainAddress(hops[Math.min(count, hops.length) - 1]);

function behindNetworks(
  socket: string,
  hops: readonly string[],
  proxies: BlockList,
): string | null {
  let address: string | null = socket;
  for (const hop of hops) {
    if (address === null || !isIn(proxies, address)) break;
    address = plainAddress(hop);
  }
  return address;
}

const MOST_REMEMBERED = 1000;
const remembered = new WeakMap<BlockList, LRUCache<string, boolean>>();

/**
 * Whether one of the networks holds a plain address. A list does not change once it is read, so the
 * answer is remembered: each look makes objects that are dear to make and to collect.
 */
export function isIn(networks: BlockList, address: string): boolean {
  const answers = remembered.get(networks) ?? new LRUCache({ max: MOST_REMEMBERED });
  remembered.set(networks, answers);
  const known = answers.get(address);
  if (known !== undefined) return known;
  const answer = networks.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
  answers.set(address, answer);
  return answer;
}

const MAPPED = '::ffff:';
const MAY_BE_MAPPED = /:ffff:/i;

/** An address as PostgreSQL takes it: no zone, no port, an IPv4 address as such; else null. */
export function plainAddress(text: string | undefined): string | null {
  if (text === undefined) return null;
  let address = text.trim();
  if (isIP(address) === 0) address = withoutPort(address);
  if (isIP(address) === 0 || address.includes('%')) return null;
  return MAY_BE_MAPPED.test(address) ? unmapped(address) : address;
}

/** An IPv4 address in IPv6's clothes has many spellings. Sockets use one, which need not be built. */
function unmapped(address: string): string {
  if (address.startsWith(MAPPED) && address.includes('.')) return address.slice(MAPPED.length);
  const spelled = new SocketAddress({ address, family: 'ipv6' }).address;
  return spelled.startsWith(MAPPED) && spelled.includes('.')
    ? spelled.slice(MAPPED.length)
    : address;
}

/** Some proxies note the port too: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
const withoutPort = (text: string): string =>
  /^\[([^\]]*)\](?::\d{1,5})?$/.exec(text)?.[1] ?? /^([\d.]+):\d{1,5}$/.exec(text)?.[1] ?? text;

/** What a rate limit counts by: an IPv4 address, the /64 of an IPv6 address. */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const behind = tail === '' ? 0 : tail.split(':').length;
    while (groups.length + behind < 8) groups.push('0');
    if (tail !== '') groups.push(...tail.split(':'));
  }
  return `${groups.slice(0, 4).map(withoutZeros).join(':')}::/64`;
}

const withoutZeros = (group: string): string => group.replace(/^0+(?=.)/, '');
