/** What a user may be, as its token says. Only `admin` brings a scope of its own: all of them. */
export const USER_ROLES = ['admin', 'creator', 'integrator'] as const;
export type UserRole = (typeof USER_ROLES)[number];

export const isUserRole = (text: unknown): text is UserRole =>
  (USER_ROLES as readonly unknown[]).includes(text);
