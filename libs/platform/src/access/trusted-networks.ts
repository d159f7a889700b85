import { type BlockList, isIP } from 'node:net';
import {
  isIn,
  networksIn,
  NO_PROXY,
  parseTrustedProxies,
  plainAddress,
} from '../http/client-address.js';
import type { Credentials } from './authenticator.js';

export interface NetworkSettings {
  /** Addresses and networks separated by commas; absent: none. */
  readonly networks?: string;
  /** Where we listen. */
  readonly host: string;
  /** As `parseTrustedProxies` reads it. */
  readonly trustProxy: string;
}

/** By these a proxy says that it passes on somebody else's request. */
const FORWARDED = /^(forwarded|via|x-real-ip|x-forwarded-.*)$/;

const LOOPBACK = networksIn('127.0.0.0/8,::1');

/**
 * Says from where a request needs no credentials, at doors that declare `trustsNetworks`.
 *
 * The socket's own address is judged, never a forwarded one. Loopback counts only while nobody else
 * can stand behind it: we listen on loopback, no proxy is configured, the request bears no trace of
 * one, was sent to a loopback name, and speaks HTTP/1.1: nginx, left as it is, adds no header, names
 * us by our own address, and speaks 1.0. Behind a proxy on this machine, and in a browser that was
 * led here by a name of somebody else's, everybody is loopback.
 */
export class TrustedNetworks {
  private readonly networks: BlockList | null;
  private readonly trustsLoopback: boolean;

  /** @throws where a setting cannot be read. */
  constructor({ networks, host, trustProxy }: NetworkSettings) {
    this.networks = networks === undefined ? null : networksIn(networks);
    this.trustsLoopback = isLoopback(host) && parseTrustedProxies(trustProxy) === NO_PROXY;
  }

  /** Whether this request may come without credentials; those that it bears are not looked at. */
  trust({ headers, socketAddress }: Credentials, httpVersion: string): boolean {
    const address = plainAddress(socketAddress);
    if (address === null) return false;
    if (this.networks !== null && isIn(this.networks, address)) return true;
    return (
      this.trustsLoopback &&
      isIn(LOOPBACK, address) &&
      httpVersion !== '1.0' &&
      isLoopback(nameIn(headers.host)) &&
      !Object.keys(headers).some((name) => FORWARDED.test(name))
    );
  }
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || (isIP(host) !== 0 && isIn(LOOPBACK, host));

/** `localhost:3000`, `127.0.0.1:3000` and `[::1]:3000` without the port; empty where there is none. */
const nameIn = (host = ''): string =>
  /^\[(.*)\](:\d+)?$/.exec(host)?.[1] ?? host.replace(/:\d*$/, '').toLowerCase();
