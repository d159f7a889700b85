import type { Statement } from '#libs/database';

const STORED = `
  id, name, scopes,
  CASE WHEN owner_kind IS NOT NULL THEN json_build_object('kind', owner_kind, 'id', owner_id) END
    AS owner,
  created_at AS "createdAt", revoked_at AS "revokedAt", expires_at AS "expiresAt",
  successor_id AS "successorId", last_used_at AS "lastUsedAt"
`;

/** Those that open something, and for how many milliseconds more by the database's clock. */
export const LIVE_KEYS: Statement = {
  name: 'api_keys_live',
  text: `
    SELECT id, key_hash AS "keyHash", scopes,
           owner_kind AS "ownerKind", owner_id AS "ownerId",
           (extract(epoch FROM expires_at - clock_timestamp()) * 1000)::float8 AS "leftMs"
    FROM api_keys
    WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > clock_timestamp())
  `,
};

/**
 * $1 id, $2 name, $3 hash, $4 scopes, $5 and $6 kind and id of the owner, or null, $7 its end, or
 * null. A key that is there already stays as it is.
 */
export const INSERT_KEY = `
  INSERT INTO api_keys (id, name, key_hash, scopes, owner_kind, owner_id, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT DO NOTHING
  RETURNING ${STORED}
`;

/**
 * $1 the key that is followed, $2 its successor's id, $3 its hash, $4 when the successor ends, or
 * null. It has name, scopes and owner of the key, and else as long a life.
 */
export const INSERT_SUCCESSOR = `
  INSERT INTO api_keys (id, name, key_hash, scopes, owner_kind, owner_id, expires_at)
  SELECT $2, name, $3, scopes, owner_kind, owner_id,
         coalesce($4::timestamptz, now() + (expires_at - created_at))
  FROM api_keys
  WHERE id = $1
  RETURNING ${STORED}
`;

/** $1 the key, $2 its successor, $3 hours until it ends; one that ends earlier keeps its end. */
export const END_AFTER_SUCCESSOR = `
  UPDATE api_keys
  SET successor_id = $2, expires_at = least(expires_at, now() + $3 * interval '1 hour')
  WHERE id = $1
  RETURNING ${STORED}
`;

/** $1 id. Nobody else changes the key until the transaction ends. */
export const LOCK_KEY = `
  SELECT ${STORED}, (revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())) AS "isLive"
  FROM api_keys
  WHERE id = $1
  FOR UPDATE
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

/**
 * $1 keys, $2 how many milliseconds ago each was used. By the database's clock, locked in the order
 * of their ids: two processes that note the same keys at once must not wait for each other.
 */
export const NOTE_USES = `
  WITH used AS (
    SELECT id, date_trunc('minute', clock_timestamp() - ago * interval '1 ms') AS at
    FROM unnest($1::uuid[], $2::float8[]) AS each (id, ago)
  ), due AS (
    SELECT id, at
    FROM api_keys JOIN used USING (id)
    WHERE last_used_at IS NULL OR last_used_at < at
    ORDER BY id
    FOR NO KEY UPDATE OF api_keys
  )
  UPDATE api_keys AS stored SET last_used_at = due.at FROM due WHERE stored.id = due.id
`;

/** Any, also a revoked one: whoever revoked it does not want another to appear by itself. */
export const HAS_ADMIN_KEY = `
  SELECT 1 FROM api_keys WHERE 'admin' = ANY(scopes) LIMIT 1
`;

/** Until the transaction ends, across processes and machines, and behind any pooler. */
export const LOCK_ADMIN_KEY = `SELECT pg_advisory_xact_lock(hashtext('footfall administrator key'))`;
