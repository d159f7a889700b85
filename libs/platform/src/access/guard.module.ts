import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AllowsGuard } from './allows.guard.js';
import { EveryRouteIsGuarded } from './every-route-is-guarded.js';

/** Guards every route of the application, whatever its module. Wants an `Authenticator`. */
@Module({
  imports: [DiscoveryModule],
  providers: [{ provide: APP_GUARD, useClass: AllowsGuard }, EveryRouteIsGuarded],
})
export class GuardModule {}
