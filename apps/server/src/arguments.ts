import { parseArgs } from 'node:util';

/** What a person asked for beside the settings of the environment. */
export interface Arguments {
  /** The demo's seed; null where no demo is wanted. */
  readonly demoSeed: number | null;
  readonly help: boolean;
}

/** The arguments make no sense. The message is for a person. */
export class ArgumentsError extends Error {
  override readonly name = 'ArgumentsError';
}

const FIRST_SEED = 1;
const LARGEST_SEED = 2 ** 32 - 1;

export const USAGE = `npm start -- [options]

  --demo             Load a catalogue and 30 days of made-up events, up to yesterday,
                     into an empty database; then start as always. A database that holds a demo is
                     left as it is, one that holds anything else is refused (exit code 1).
  --demo-seed <n>    As --demo, made from another seed than ${FIRST_SEED}: a whole number.
  --help             Show this.

Everything else is said by the environment: .env.example lists it.
`;

/** @throws ArgumentsError for what is not known, or has a value that makes no sense. */
export function readArguments(words: readonly string[]): Arguments {
  const { demo, help, 'demo-seed': seed } = parsed(words);
  if (seed !== undefined) return { demoSeed: seedOf(seed), help };
  return { demoSeed: demo ? FIRST_SEED : null, help };
}

function parsed(words: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        demo: { type: 'boolean', default: false },
        'demo-seed': { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new ArgumentsError((error as Error).message, { cause: error });
  }
}

function seedOf(text: string): number {
  const seed = Number(text);
  if (/^\d+$/.test(text) && seed <= LARGEST_SEED) return seed;
  throw new ArgumentsError(`--demo-seed must be a whole number from 0 to ${LARGEST_SEED}`);
}
