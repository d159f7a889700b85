import type { Type } from '@nestjs/common';
import { ALLOWS, PUBLIC } from './allows.decorator.js';

/** What a route asks of its caller; null where it says nothing. */
export type Requirement = { readonly scope: string } | 'public' | null;

/** The handler's own word, else its controller's. Where one of them says both, the stricter holds. */
export const requirementOf = (handler: object, controller: Type): Requirement =>
  ownRequirement(handler) ?? ownRequirement(controller);

function ownRequirement(target: object): Requirement {
  const scope: unknown = Reflect.getMetadata(ALLOWS, target);
  if (typeof scope === 'string' && scope !== '') return { scope };
  return Reflect.hasMetadata(PUBLIC, target) ? 'public' : null;
}
