import {
  type DynamicModule,
  type FactoryProvider,
  Module,
  type ModuleMetadata,
} from '@nestjs/common';
import { TrustedNetworks } from '../access/trusted-networks.js';
import { ClientAddress, parseTrustedProxies } from './client-address.js';
import { Door } from './door.js';
import { DoorMetrics } from './door.metrics.js';
import { Doorways } from './doorways.js';
import { MemoryRateLimiter } from './memory-rate-limiter.js';
import { RateLimiter } from './rate-limiter.js';
import { Receipts } from './receipts.js';

export interface DoorModuleOptions extends Pick<ModuleMetadata, 'imports'> {
  /** Answers the setting that `parseTrustedProxies` reads. */
  readonly trustProxy: Omit<FactoryProvider<string>, 'provide'>;
  /** From where doors with `trustsNetworks` ask for no credentials; absent: from nowhere. */
  readonly trustedNetworks?: Omit<FactoryProvider<TrustedNetworks>, 'provide'>;
  /** Absent: each process counts for itself. */
  readonly rateLimiter?: Omit<FactoryProvider<RateLimiter>, 'provide'>;
}

const NOWHERE = { useFactory: () => new TrustedNetworks({ host: '', trustProxy: '' }) };
const IN_MEMORY = { useFactory: () => new MemoryRateLimiter() };

/** The door, for an application that provides an `Authenticator` and `Metrics`. */
@Module({})
export class DoorModule {
  static register({
    imports = [],
    trustProxy,
    trustedNetworks = NOWHERE,
    rateLimiter = IN_MEMORY,
  }: DoorModuleOptions): DynamicModule {
    const clientAddress: FactoryProvider<ClientAddress> = {
      ...trustProxy,
      provide: ClientAddress,
      useFactory: async (...settings) =>
        new ClientAddress(parseTrustedProxies(await trustProxy.useFactory(...settings))),
    };
    return {
      module: DoorModule,
      global: true, // a contract's room may ask for a second look, and access counts failures
      imports,
      providers: [
        Door,
        DoorMetrics,
        Doorways,
        Receipts,
        clientAddress,
        { ...trustedNetworks, provide: TrustedNetworks },
        { ...rateLimiter, provide: RateLimiter },
      ],
      exports: [ClientAddress, Door, RateLimiter],
    };
  }
}
