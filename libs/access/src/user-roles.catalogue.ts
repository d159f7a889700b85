import type { Scope } from '#libs/contracts';

interface Role {
  readonly scopes: readonly Scope[];
  /** For the published document. */
  readonly description: string;
}

/** What a user may be, as the `role` of its token says, and what it may by that alone. */
export const USER_ROLES = {
  admin: { scopes: ['admin'], description: 'Everything.' },
  creator: {
    scopes: ['dashboards:read'],
    description:
      'The dashboards of one creator and its own assets: of `creatorId`, else of `sub`. Never more, ' +
      'whatever `scope` says.',
  },
  integrator: {
    scopes: ['events:read'],
    description:
      'Stored and rejected events and receipts, without e-mail, telephone and address; `scope` may ' +
      'add to that.',
  },
} as const satisfies Readonly<Record<string, Role>>;

export type UserRole = keyof typeof USER_ROLES;

export const isUserRole = (text: unknown): text is UserRole =>
  typeof text === 'string' && Object.hasOwn(USER_ROLES, text);
