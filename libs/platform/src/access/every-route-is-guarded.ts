import { Injectable, type OnApplicationBootstrap, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { requirementOf } from './requirement.js';

/** A route of a controller says neither who may call it nor that everybody may. */
export class UnguardedRoutesError extends Error {
  override readonly name = 'UnguardedRoutesError';

  constructor(readonly routes: readonly string[]) {
    super(`These routes bear neither @Allows nor @Public:\n${routes.join('\n')}`);
  }
}

/**
 * Keeps the application from starting while a route of any module has no guard's word. Routes
 * that are registered past Nest's controllers are not seen.
 */
@Injectable()
export class EveryRouteIsGuarded implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  /** @throws UnguardedRoutesError with every such route, so that all are mended at once. */
  onApplicationBootstrap(): void {
    const controllers = this.discovery.getControllers().map(({ metatype }) => metatype as Type);
    const routes = [...new Set(controllers)].flatMap((each) => this.unguardedRoutesOf(each));
    if (routes.length > 0) throw new UnguardedRoutesError(routes);
  }

  private unguardedRoutesOf(controller: Type): string[] {
    const methods = controller.prototype as Record<string, object>;
    return this.scanner
      .getAllMethodNames(methods)
      .filter((name) => isRoute(methods[name]!) && !requirementOf(methods[name]!, controller))
      .map((name) => `${controller.name}.${name}`);
  }
}

const isRoute = (handler: object): boolean =>
  Reflect.hasMetadata(PATH_METADATA, handler) && Reflect.hasMetadata(METHOD_METADATA, handler);
