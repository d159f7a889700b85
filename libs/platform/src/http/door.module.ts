import {
  type DynamicModule,
  type FactoryProvider,
  Module,
  type ModuleMetadata,
} from '@nestjs/common';
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
}

/** The door, for an application that provides an `Authenticator` and `Metrics`. */
@Module({})
export class DoorModule {
  static register({ imports = [], trustProxy }: DoorModuleOptions): DynamicModule {
    const clientAddress: FactoryProvider<ClientAddress> = {
      ...trustProxy,
      provide: ClientAddress,
      useFactory: async (...settings) =>
        new ClientAddress(parseTrustedProxies(await trustProxy.useFactory(...settings))),
    };
    return {
      module: DoorModule,
      global: true, // a contract's room may ask for a second look
      imports,
      providers: [
        Door,
        DoorMetrics,
        Doorways,
        Receipts,
        clientAddress,
        { provide: RateLimiter, useClass: MemoryRateLimiter },
      ],
      exports: [Door],
    };
  }
}
