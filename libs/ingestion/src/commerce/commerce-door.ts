import type { Caller, EndpointOptions } from '#libs/platform';
import { COMMERCE_KEPT, COMMERCE_LOST } from './commerce.guide.js';

/** Money is sent by programs: no user's token, and of owners only the organization whose money it is. */
const maySendMoney = ({ kind, owner }: Caller): boolean =>
  kind !== 'user' && (owner === undefined || owner.kind === 'organization');

/** Of events, in either spelling. */
export const MOST_IN_A_BATCH = 500;

/**
 * What both commerce doors have in common. An empty body with the 200 is part of the contract: the
 * HTTP client of commerce back ends opens a new connection after any other answer.
 */
export const COMMERCE_DOOR = {
  bodyLimit: 262_144,
  caller: 'required',
  scope: 'ingest:commerce',
  welcomes: maySendMoney,
  trustsNetworks: true,
  cors: false,
  answers: {
    kept: { status: 200, description: COMMERCE_KEPT },
    lost: { status: 503, description: COMMERCE_LOST, headers: { 'Retry-After': '5' } },
  },
} as const satisfies Partial<EndpointOptions<unknown>>;
