import { type CatalogTable, snakeCase, type Statement } from '#libs/database';

/** A value stands beside its claim: of two, the one with the lesser claim holds. */
export const claimFieldOf = (field: string): string => `${field}Claim`;

/** The columns that `fillOf` is told, each as an array. */
export const filledFields = ({ id, values }: CatalogTable): readonly string[] => [
  id,
  ...values,
  ...values.map(claimFieldOf),
];

/**
 * Fills in what events say of a table of the catalogue; each id once.
 *
 * Order-free: whatever is said in whatever order, the least claim of each value holds, and of equal
 * claims the lesser value. What is no news is neither written nor locked: most events name somebody
 * who is known. By id, because two writers that insert in opposite order deadlock.
 */
export function fillOf(table: CatalogTable): Statement {
  const id = snakeCase(table.id);
  const columns = filledFields(table).map(snakeCase);
  const values = table.values.map(snakeCase);
  const anyNews = (said: string): string => values.map((value) => isNews(value, said)).join(' OR ');
  const held = values.flatMap((value) =>
    [value, `${value}_claim`].map(
      (column) =>
        `${column} = CASE WHEN ${isNews(value, 'excluded')} THEN excluded.${column} ELSE stored.${column} END`,
    ),
  );
  return {
    name: `fill_${table.name}`,
    text: `
    INSERT INTO ${table.name} AS stored (${columns.join(', ')})
    SELECT ${columns.map((column) => `said.${column}`).join(', ')}
    FROM unnest(${columns.map((_, i) => `$${i + 1}::text[]`).join(', ')})
      AS said (${columns.join(', ')})
    LEFT JOIN ${table.name} AS stored ON stored.${id} = said.${id}
    WHERE stored.${id} IS NULL OR ${anyNews('said')}
    ORDER BY said.${id} COLLATE "C"
    ON CONFLICT (${id}) DO UPDATE SET ${held.join(', ')}, updated_at = clock_timestamp()
    WHERE ${anyNews('excluded')}
  `,
  };
}

/** A claim that is NULL says nothing; a stored one that is NULL gives way to whatever is said. */
const isNews = (value: string, said: string): string => `(
      ${said}.${value}_claim IS NOT NULL
      AND (
        stored.${value}_claim IS NULL
        OR (${said}.${value}_claim COLLATE "C", ${said}.${value} COLLATE "C")
          < (stored.${value}_claim COLLATE "C", stored.${value} COLLATE "C")
      )
    )`;
