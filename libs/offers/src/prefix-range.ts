const LAST = 0x10ffff;
const FIRST_SURROGATE = 0xd800;
const BEHIND_SURROGATES = 0xe000;

/** The ids from `from` up to, and without, `before`, by their code points. */
export interface IdRange {
  readonly from: string;
  readonly before: string;
}

/** Behind every id: they are shorter than this, and no character comes after its. */
const BEHIND_ALL = String.fromCodePoint(LAST).repeat(201);

/** The ids that begin with `prefix`, as one stretch of the index. */
export const rangeOf = (prefix: string): IdRange => ({ from: prefix, before: behind(prefix) });

/** The first text after all that begin with `prefix`: its last character that has a next, nexted. */
function behind(prefix: string): string {
  const points = Array.from(prefix, (character) => character.codePointAt(0)!);
  while (points.at(-1) === LAST) points.pop();
  const last = points.pop();
  if (last === undefined) return BEHIND_ALL;
  const next = last + 1 === FIRST_SURROGATE ? BEHIND_SURROGATES : last + 1;
  return String.fromCodePoint(...points, next);
}
