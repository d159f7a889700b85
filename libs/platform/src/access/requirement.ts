import type { Type } from '@nestjs/common';
import { ALLOWS, OWNERS, PUBLIC } from './allows.decorator.js';

/** What a route asks of its caller; null where it says nothing. */
export type Requirement =
  | {
      readonly scope: string;
      /** The kinds of owner that a caller may be bound to. */
      readonly owners: readonly string[];
    }
  | 'public'
  | null;

/** The handler's own word, else its controller's. Where one of them says both, the stricter holds. */
export const requirementOf = (handler: object, controller: Type): Requirement =>
  ownRequirement(handler, ownersOf(handler, controller)) ??
  ownRequirement(controller, ownersOf(handler, controller));

const ownersOf = (...targets: readonly object[]): readonly string[] =>
  targets
    .map((target) => Reflect.getMetadata(OWNERS, target) as readonly string[] | undefined)
    .find((owners) => owners !== undefined) ?? [];

function ownRequirement(target: object, owners: readonly string[]): Requirement {
  const scope: unknown = Reflect.getMetadata(ALLOWS, target);
  if (typeof scope === 'string' && scope !== '') return { scope, owners };
  return Reflect.hasMetadata(PUBLIC, target) ? 'public' : null;
}
