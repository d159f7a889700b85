import type { EndpointOptions } from '#libs/platform';
import { COMMERCE_KEPT, COMMERCE_LOST } from './commerce.guide.js';

/**
 * What both commerce doors have in common. An empty body with the 200 is part of the contract: the
 * HTTP client of commerce back ends opens a new connection after any other answer.
 */
export const COMMERCE_DOOR = {
  bodyLimit: 262_144,
  caller: 'required',
  scope: 'ingest:commerce',
  trustsNetworks: true,
  cors: false,
  answers: {
    kept: { status: 200, description: COMMERCE_KEPT },
    lost: { status: 503, description: COMMERCE_LOST, headers: { 'Retry-After': '5' } },
  },
} as const satisfies Partial<EndpointOptions<unknown>>;
