import type { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { isScope, isUuid, type Scope, SCOPES } from '#libs/contracts';
import type { Database } from '#libs/database';
import { ApiKeys } from './api-keys.js';
import { ApiKeysRepository, type StoredKey } from './api-keys.repository.js';

export const KEYS_USAGE = `Usage:
  keys create (--admin | --scope <scope> …) [--name <name>]
  keys list
  keys revoke <id>
Scopes: ${SCOPES.join(', ')}
`;

const NAME = /^\P{Cc}{1,200}$/u;

/** What was typed cannot be done; the message is for whoever typed it. */
class UsageError extends Error {}

type Command = (keys: ApiKeys, words: readonly string[], out: Writable) => Promise<void>;

/**
 * Runs `keys …` as typed after that word. Answers the exit code; a key is written to `out` once,
 * alone on its line, so that a script can take it.
 */
export async function runKeysCommand(
  database: Database,
  [word = '', ...words]: readonly string[],
  out: Writable,
): Promise<number> {
  try {
    const command = COMMANDS.get(word);
    if (command === undefined) throw new UsageError(`There is no command "keys ${word}".`);
    await command(new ApiKeys(new ApiKeysRepository(database)), words, out);
    return 0;
  } catch (error) {
    if (!isUsage(error)) throw error;
    out.write(`${error.message}\n${KEYS_USAGE}`);
    return 2;
  }
}

const create: Command = async (keys, words, out) => {
  const { values } = parseArgs({
    args: [...words],
    options: {
      admin: { type: 'boolean' },
      scope: { type: 'string', multiple: true },
      name: { type: 'string' },
    },
  });
  const scopes = scopesOf(values.scope ?? [], values.admin ?? false);
  const name = (values.name ?? scopes.join(' ')).trim();
  if (!NAME.test(name)) throw new UsageError('A name has 1 to 200 printable characters.');
  const { id, key } = await keys.create({ name, scopes });
  out.write(`Key ${id} (${scopes.join(', ')}), shown this once:\n${key}\n`);
};

const list: Command = async (keys, words, out) => {
  if (words.length > 0) throw new UsageError('"keys list" takes nothing more.');
  const all = await keys.list();
  out.write(all.length === 0 ? 'There is no key.\n' : all.map(lineOf).join(''));
};

const revoke: Command = async (keys, words, out) => {
  const [id = ''] = words;
  if (!isUuid(id) || words.length > 1) {
    throw new UsageError('"keys revoke" takes one id, as "keys list" shows it.');
  }
  if (!(await keys.revoke(id))) throw new UsageError(`There is no key ${id}.`);
  out.write(`Key ${id} is revoked.\n`);
};

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['create', create],
  ['list', list],
  ['revoke', revoke],
]);

function scopesOf(named: readonly string[], admin: boolean): readonly Scope[] {
  const unknown = named.find((scope) => !isScope(scope));
  if (unknown !== undefined) throw new UsageError(`There is no scope "${unknown}".`);
  const scopes = new Set([...(admin ? ['admin' as const] : []), ...named.filter(isScope)]);
  if (scopes.size === 0) throw new UsageError('Say what the key may do: --admin or --scope.');
  return [...scopes];
}

const lineOf = ({ id, name, scopes, createdAt, revokedAt }: StoredKey): string => {
  const state = revokedAt === null ? 'live' : `revoked ${revokedAt.toISOString()}`;
  const line = [
    id,
    name.replace(/\p{Cc}/gu, ' '),
    scopes.join(','),
    `created ${createdAt.toISOString()}`,
    state,
  ];
  return `${line.join('\t')}\n`;
};

const isUsage = (error: unknown): error is Error =>
  error instanceof UsageError || codeOf(error).startsWith('ERR_PARSE_ARGS');

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException | null)?.code ?? '';
