import { applyDecorators, Post, SetMetadata, UseGuards } from '@nestjs/common';
import { Public } from '../access/allows.decorator.js';
import { documentEndpoint } from './document-endpoint.js';
import type { EndpointHandler, EndpointOptions } from './endpoint-options.js';
import { OnlyAtTheDoor } from './only-at-the-door.guard.js';
import type { HearsRefusals } from './refused.js';

export type {
  Allowance,
  BatchOptions,
  EndpointHandler,
  EndpointOptions,
  Traits,
} from './endpoint-options.js';

export const INGESTION_ENDPOINT = Symbol('ingestion endpoint');

/**
 * Declares a door: Swagger and the door read the same options.
 *
 * The handler may throw a `ContractBreachError` for what only it can know, answered like a breach
 * that the check found, and a `NotAllowedError` where its caller may not say what the event says.
 * The guard answers 404 to what slips past the door.
 */
export const IngestionEndpoint =
  <Event, Controller extends HearsRefusals = HearsRefusals>(
    options: EndpointOptions<Event, Controller>,
  ) =>
  <Method extends EndpointHandler<Event>>(
    target: Controller,
    key: string,
    handler: TypedPropertyDescriptor<Method>,
  ): void => {
    applyDecorators(
      SetMetadata(INGESTION_ENDPOINT, options),
      Public('The door itself judges who may call.'),
      Post([...options.paths]),
      UseGuards(OnlyAtTheDoor),
      ...documentEndpoint(options as EndpointOptions<unknown>),
    )(target, key, handler);
  };
