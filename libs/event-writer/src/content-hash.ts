import { hash } from 'node:crypto';
import { isStorableAs } from '#libs/contracts';
import canonicalize from 'canonicalize';

/**
 * SHA-256, in hex, of what an object says in whatever order: of its canonical JSON (RFC 8785).
 *
 * @throws where it has none, since it holds a lone surrogate or a number that is not finite.
 */
export const contentHash = (content: object): string => hash('sha256', canonicalJson(content));

/** Where no value is an object, as in nearly every event, all it takes is to sort the names. */
function canonicalJson(content: object): string {
  if (Object.values(content).every((value) => typeof value !== 'object')) {
    const json = JSON.stringify(content, Object.keys(content).toSorted());
    if (isStorableAs(json, content)) return json;
  }
  return canonicalize(content) ?? '';
}
