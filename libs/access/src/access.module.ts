import { Authenticator } from '#libs/platform';
import { Global, Module } from '@nestjs/common';
import { AccessAuthenticator } from './access.authenticator.js';
import { AccessLog } from './access.log.js';
import { AccessMetrics } from './access.metrics.js';
import { AdminKey } from './admin-key.js';
import { ApiKeys } from './api-keys.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { FailedLogins } from './failed-logins.js';
import { IdentityProvider } from './identity-provider.js';
import { KeyRing } from './key-ring.js';
import { KeyUses } from './key-uses.js';
import { KeysController } from './keys.controller.js';
import { UserTokens } from './user-tokens.js';

/** Says to every room who is calling. The key ring is started by the application. */
@Global()
@Module({
  controllers: [KeysController],
  providers: [
    AccessLog,
    AccessMetrics,
    AdminKey,
    ApiKeys,
    ApiKeysRepository,
    FailedLogins,
    IdentityProvider,
    KeyRing,
    KeyUses,
    UserTokens,
    { provide: Authenticator, useClass: AccessAuthenticator },
  ],
  exports: [AdminKey, ApiKeys, Authenticator, KeyRing],
})
export class AccessModule {}
