/**
 * Runs variants in turn, A, B, C, A, B, C …, so that whatever else the machine does befalls all
 * of them alike. Each is warmed first: code that is not compiled yet is two to three times slower.
 *
 * @param {Variant[]} variants
 * @param {{rounds: number, roundMs: number, say: (text: string) => void}} options
 * @returns {Promise<Record<string, object[]>>} what each variant measured, round by round
 *
 * @typedef {object} Variant
 * @property {string} name
 * @property {number} warmMs
 * @property {(durationMs: number) => Promise<object>} run
 */
export async function inTurn(variants, { rounds, roundMs, say }) {
  const measured = Object.fromEntries(variants.map(({ name }) => [name, []]));
  for (const { name, warmMs, run } of variants) {
    say(`warming ${name}`);
    await run(warmMs);
  }
  for (let round = 1; round <= rounds; round++) {
    for (const { name, run } of variants) {
      say(`round ${round} of ${rounds}: ${name}`);
      measured[name].push(await run(roundMs));
    }
  }
  return measured;
}

/** @param {number[]} values an odd number of them, or one of the two in the middle is taken */
export const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
