import type { EndpointOptions } from '#libs/platform';
import type { OpenAPIObject } from '@nestjs/swagger';

interface Schema {
  readonly $ref?: string;
  readonly oneOf?: readonly Schema[];
  readonly required?: readonly string[];
}

interface Refusal {
  readonly content?: Readonly<Record<string, { example?: unknown }>>;
}

/** Has the 400 of each door name a field that its own contract requires. */
export function showBreaches(
  document: OpenAPIObject,
  endpoints: readonly Pick<EndpointOptions<unknown>, 'paths' | 'contract'>[],
): void {
  const schemas = (document.components?.schemas ?? {}) as Readonly<Record<string, Schema>>;
  for (const { paths, contract } of endpoints) {
    const field = requiredOf(schemas[contract.name], schemas);
    if (field === undefined) continue;
    for (const path of paths) {
      const refusal = document.paths[`/${path}`]?.post?.responses[400] as Refusal | undefined;
      const json = refusal?.content?.['application/json'];
      if (json) json.example = { breaches: [{ field, reason: 'is required' }] };
    }
  }
}

/** The first field that a contract requires; of a union, that its first variant does. */
function requiredOf(
  schema: Schema | undefined,
  schemas: Readonly<Record<string, Schema>>,
): string | undefined {
  const [variant] = schema?.oneOf ?? [];
  if (variant === undefined) return schema?.required?.[0];
  return requiredOf(schemas[variant.$ref?.split('/').at(-1) ?? ''], schemas);
}
