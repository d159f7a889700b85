import type { Statement } from '#libs/database';

const STORED = `id, name, scopes, created_at AS "createdAt", revoked_at AS "revokedAt"`;

export const LIVE_KEYS: Statement = {
  name: 'api_keys_live',
  text: `
    SELECT id, key_hash, scopes
    FROM api_keys
    WHERE revoked_at IS NULL
  `,
};

/** $1 id, $2 name, $3 hash, $4 scopes. A key that is there already stays as it is. */
export const INSERT_KEY = `
  INSERT INTO api_keys (id, name, key_hash, scopes)
  VALUES ($1, $2, $3, $4)
  ON CONFLICT DO NOTHING
  RETURNING ${STORED}
`;

/** $1 the last key of the page before, or null; $2 how many, or null. No key ever leaves the table. */
export const LIST_KEYS = `
  SELECT ${STORED}
  FROM api_keys
  WHERE $1::uuid IS NULL
     OR (created_at, id) > (SELECT created_at, id FROM api_keys WHERE id = $1)
  ORDER BY created_at, id
  LIMIT $2
`;

/** $1 id. A key that was revoked before keeps its time. */
export const REVOKE_KEY = `
  UPDATE api_keys
  SET revoked_at = coalesce(revoked_at, clock_timestamp())
  WHERE id = $1
  RETURNING id
`;

/** Any, also a revoked one: whoever revoked it does not want another to appear by itself. */
export const HAS_ADMIN_KEY = `
  SELECT 1 FROM api_keys WHERE 'admin' = ANY(scopes) LIMIT 1
`;

/** Until the transaction ends, across processes and machines, and behind any pooler. */
export const LOCK_ADMIN_KEY = `SELECT pg_advisory_xact_lock(hashtext('footfall administrator key'))`;
