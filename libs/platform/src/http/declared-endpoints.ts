import type { ModulesContainer } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import type { EndpointHandler, EndpointOptions } from './endpoint-options.js';
import { INGESTION_ENDPOINT } from './ingestion-endpoint.js';
import type { HearsRefusals } from './refused.js';

/** A declared door and where it stands; also known where nothing is instantiated. */
export interface DeclaredEndpoint {
  readonly options: EndpointOptions<unknown>;
  readonly controller: InstanceWrapper<HearsRefusals>;
  readonly method: string;
}

/** Every door that a controller of the application declares. */
export function declaredEndpoints(modules: ModulesContainer): DeclaredEndpoint[] {
  const controllers = [...modules.values()].flatMap((module) => [...module.controllers.values()]);
  return controllers.flatMap((controller) =>
    endpointsOf(controller as InstanceWrapper<HearsRefusals>),
  );
}

function endpointsOf(controller: InstanceWrapper<HearsRefusals>): DeclaredEndpoint[] {
  const prototype = (controller.metatype?.prototype ?? {}) as Record<string, unknown>;
  return Object.getOwnPropertyNames(prototype).flatMap((method) => {
    const options = optionsOf(prototype, method);
    return options ? [{ options, controller, method }] : [];
  });
}

function optionsOf(
  prototype: Record<string, unknown>,
  method: string,
): EndpointOptions<unknown> | undefined {
  const handler: unknown = Object.getOwnPropertyDescriptor(prototype, method)?.value;
  if (typeof handler !== 'function') return undefined;
  return Reflect.getMetadata(INGESTION_ENDPOINT, handler) as EndpointOptions<unknown> | undefined;
}

/** The handler of a declared door, bound to its controller. */
export function handlerOf({ controller, method }: DeclaredEndpoint): EndpointHandler<unknown> {
  const instance = controller.instance as HearsRefusals & Record<string, EndpointHandler<unknown>>;
  return (...asked) => instance[method]!(...asked);
}
