import type { CheckoutMode, ExecutionEnvironment } from '../contract/types.js';

/** The platform's own domains; each covers the hosts below it. */
export interface PlatformDomains {
  /** Where checkouts are `embedded`. `b4you.com.br` where it is left out. */
  readonly embedded?: string | undefined;
  /** Where checkouts are `sandbox`. `b4you-sandbox.com.br` where it is left out. */
  readonly sandbox?: string | undefined;
}

/** As `location.hostname` has them: IPv4 in four parts, IPv6 in brackets. */
const isLocal = (host: string): boolean => host === 'localhost' || /^\d+(\.\d+){3}$|:/.test(host);

const isWithin = (host: string, domain: string): boolean => `.${host}`.endsWith(`.${domain}`);

/** How a checkout on that host is served: told by its domain alone. */
export const checkoutModeOf = (
  host: string,
  { embedded = 'b4you.com.br', sandbox = 'b4you-sandbox.com.br' }: PlatformDomains = {},
): CheckoutMode => {
  if (isWithin(host, embedded)) return 'embedded';
  if (isWithin(host, sandbox)) return 'sandbox';
  return isLocal(host) ? 'development' : 'transparent';
};

/** The kind of traffic on that host. */
export const executionEnvironmentOf = (host: string): ExecutionEnvironment => {
  if (host.includes('sandbox')) return 'sandbox';
  return isLocal(host) ? 'development' : 'production';
};

/** The last two labels, which is too short below `com.br`; of localhost and an IP the whole host. */
export const rootDomainOf = (host: string): string =>
  isLocal(host) ? host : host.split('.').slice(-2).join('.');
