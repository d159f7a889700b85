/** Which events a checkout dashboard counts. `production`: none of sandboxes and developers. */
export const TRAFFICS = ['production', 'all'] as const;
export type Traffic = (typeof TRAFFICS)[number];
