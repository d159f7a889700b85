import type { CheckoutEventDto } from '#libs/contracts';
import type { Receipt } from '#libs/platform';
import type { Random } from './random.js';

/** Who visits a checkout, and with what. Nobody of them exists. */
export interface Visitor {
  readonly email: string;
  readonly phone: string;
  readonly ipAddress: Receipt['ipAddress'];
  readonly userAgent: Receipt['userAgent'];
}

/** Where a checkout is shown: the fields that follow from its address. */
export type Storefront = Pick<
  CheckoutEventDto,
  'checkoutMode' | 'executionEnvironment' | 'fullHostname' | 'rootDomain'
>;

const GIVEN_NAMES = ['ana', 'bruno', 'carla', 'davi', 'elisa', 'fabio', 'gabi', 'hugo', 'iris'];
const FAMILY_NAMES = ['almeida', 'barros', 'costa', 'dias', 'esteves', 'lima', 'moraes', 'rocha'];
const MAIL_DOMAINS = ['example.com', 'example.org', 'example.net'];

const MOBILE = [
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
];
const DESKTOP = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0',
];
const MOBILE_SHARE = 0.68;

/** Networks that are for documentation: no machine has these addresses. */
const NETWORKS = ['192.0.2.', '198.51.100.', '203.0.113.'];

export function someVisitor(random: Random): Visitor {
  const name = `${random.pick(GIVEN_NAMES)}.${random.pick(FAMILY_NAMES)}${random.whole(1, 400)}`;
  return {
    email: `${name}@${random.pick(MAIL_DOMAINS)}`,
    // 555-0100 to 555-0199 belong to nobody.
    phone: `+1 202 555 01${String(random.whole(0, 100)).padStart(2, '0')}`,
    ipAddress: random.chance(0.2)
      ? `2001:db8:${random.hex(3)}::${random.whole(1, 9)}`
      : random.pick(NETWORKS) + random.whole(1, 255),
    userAgent: random.pick(random.chance(MOBILE_SHARE) ? MOBILE : DESKTOP),
  };
}

/** The platform's own page, or the producer's page that shows the checkout as its own. */
const production = (fullHostname: string, rootDomain: string): Storefront => ({
  checkoutMode: rootDomain === 'example.com' ? 'embedded' : 'transparent',
  executionEnvironment: 'production',
  fullHostname,
  rootDomain,
});

const SANDBOX: Storefront = {
  checkoutMode: 'sandbox',
  executionEnvironment: 'sandbox',
  fullHostname: 'checkout.example-sandbox.com',
  rootDomain: 'example-sandbox.com',
};

/** Of an address, front ends send the last two parts as its domain: kept as sent. */
const DEVELOPMENT: readonly Storefront[] = [
  ['localhost', 'localhost'] as const,
  ['127.0.0.1', '0.1'] as const,
].map(([fullHostname, rootDomain]) => ({
  checkoutMode: 'development',
  executionEnvironment: 'development',
  fullHostname,
  rootDomain,
}));

/** Where the checkouts of a producer are visited; now and then by those who build or try them. */
export function someStorefront(producerId: string, random: Random): Storefront {
  if (random.chance(0.04)) return SANDBOX;
  if (random.chance(0.02)) return random.pick(DEVELOPMENT);
  return random.chance(0.6)
    ? production('checkout.example.com', 'example.com')
    : production(`shop.${producerId}.example.org`, 'example.org');
}
