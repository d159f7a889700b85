const STEP = 0.05;
/** Ten years. */
const LONGEST_MS = 10 * 365 * 86_400_000;

/** Where steps begin, in whole milliseconds: none is wider than a twentieth of its beginning. */
const BEGINNINGS: readonly number[] = (() => {
  const all = [0, 1];
  while (all.at(-1)! < LONGEST_MS) {
    const last = all.at(-1)!;
    all.push(Math.max(last + 1, Math.floor(last * (1 + STEP))));
  }
  return all;
})();

/** The middle of each step: no time in it is further away than 2.5 %, and short ones are exact. */
const MIDDLES = BEGINNINGS.map((start, index) =>
  Math.floor((start + (BEGINNINGS[index + 1] ?? start + 1) - 1) / 2),
);

/** Milliseconds from 0 on, to within 2.5 %: few values, however many sessions are paid. */
export const steppedTime = (ms: string): string =>
  `('{${MIDDLES.join(',')}}'::bigint[])[width_bucket(${ms}, '{${BEGINNINGS.join(',')}}'::bigint[])]`;
