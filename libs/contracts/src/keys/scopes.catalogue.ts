/** What a caller may be allowed. `admin` stands for all of them. */
export const SCOPES = [
  'ingest:analytics',
  'ingest:commerce',
  'events:read',
  'dashboards:read',
  'personal-data:read',
  'admin',
] as const;
export type Scope = (typeof SCOPES)[number];

export const isScope = (text: string): text is Scope =>
  (SCOPES as readonly string[]).includes(text);
