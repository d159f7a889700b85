import type { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import {
  CreateKeyDto,
  isScope,
  isUuid,
  OWNER_KINDS,
  RotateKeyDto,
  type Scope,
  SCOPES,
} from '#libs/contracts';
import type { Database } from '#libs/database';
import { ContractBreachError, strictValidation } from '#libs/platform';
import { HttpException, type Type } from '@nestjs/common';
import { ApiKeys } from './api-keys.js';
import { ApiKeysRepository, type StoredKey } from './api-keys.repository.js';

export const KEYS_USAGE = `Usage:
  keys create (--admin | --scope <scope> …) [--name <name>]
              [--owner <kind>:<id>] [--expires <time>]
  keys rotate <id> [--grace-hours <hours>] [--expires <time>]
  keys list
  keys revoke <id>
Scopes: ${SCOPES.join(', ')}
Owners: ${OWNER_KINDS.map((kind) => `${kind}:<id>`).join(', ')}
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
      owner: { type: 'string' },
      expires: { type: 'string' },
    },
  });
  const scopes = scopesOf(values.scope ?? [], values.admin ?? false);
  const name = (values.name ?? scopes.join(' ')).trim();
  if (!NAME.test(name)) throw new UsageError('A name has 1 to 200 printable characters.');
  const owner = ownerOf(values.owner);
  const request = await checked(CreateKeyDto, { name, scopes, owner, expiresAt: values.expires });
  const { id, key } = await keys.create(request);
  out.write(`Key ${id} (${scopes.join(', ')}), shown this once:\n${key}\n`);
};

const rotate: Command = async (keys, words, out) => {
  const { values, positionals } = parseArgs({
    args: [...words],
    options: { 'grace-hours': { type: 'string' }, expires: { type: 'string' } },
    allowPositionals: true,
  });
  const [id = ''] = positionals;
  if (!isUuid(id) || positionals.length > 1) throw new UsageError(oneId('rotate'));
  const { expires, 'grace-hours': graceHours } = values;
  const next = await keys.rotate(
    id,
    await checked(RotateKeyDto, { expiresAt: expires, graceHours }),
  );
  const until = next.replaces.expiresAt;
  out.write(`Key ${next.id} follows ${id}, which works until ${until}; shown this once:\n`);
  out.write(`${next.key}\n`);
};

const list: Command = async (keys, words, out) => {
  if (words.length > 0) throw new UsageError('"keys list" takes nothing more.');
  const all = await keys.list();
  out.write(all.length === 0 ? 'There is no key.\n' : all.map(lineOf).join(''));
};

const revoke: Command = async (keys, words, out) => {
  const [id = ''] = words;
  if (!isUuid(id) || words.length > 1) throw new UsageError(oneId('revoke'));
  if (!(await keys.revoke(id))) throw new UsageError(`There is no key ${id}.`);
  out.write(`Key ${id} is revoked.\n`);
};

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['create', create],
  ['rotate', rotate],
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

const oneId = (word: string): string => `"keys ${word}" takes one id, as "keys list" shows it.`;

function ownerOf(text: string | undefined): object | undefined {
  if (text === undefined) return undefined;
  const colon = text.indexOf(':');
  if (colon < 0) throw new UsageError('An owner is its kind, a colon and its id.');
  return { kind: text.slice(0, colon), id: text.slice(colon + 1) };
}

/** What was typed, by the rules of the endpoint. @throws ContractBreachError */
async function checked<Request>(type: Type<Request>, typed: object): Promise<Request> {
  const said = Object.fromEntries(
    Object.entries(typed).filter(([, value]: [string, unknown]) => value !== undefined),
  );
  const request: unknown = await strictValidation().transform(said, {
    type: 'body',
    metatype: type,
  });
  return request as Request;
}

const lineOf = (key: StoredKey): string => {
  const { id, name, scopes, owner, createdAt, lastUsedAt, successorId } = key;
  const line = [
    id,
    printable(name),
    scopes.join(','),
    ...(owner === null ? [] : [`of ${owner.kind}:${printable(owner.id)}`]),
    `created ${createdAt.toISOString()}`,
    lastUsedAt === null ? 'never used' : `used ${lastUsedAt.toISOString()}`,
    ...(successorId === null ? [] : [`followed by ${successorId}`]),
    stateOf(key),
  ];
  return `${line.join('\t')}\n`;
};

const printable = (text: string): string => text.replace(/\p{Cc}/gu, ' ');

function stateOf({ revokedAt, expiresAt }: StoredKey): string {
  if (revokedAt !== null) return `revoked ${revokedAt.toISOString()}`;
  if (expiresAt === null) return 'live';
  return `${+expiresAt > Date.now() ? 'live until' : 'over since'} ${expiresAt.toISOString()}`;
}

const isUsage = (error: unknown): error is Error =>
  error instanceof UsageError ||
  error instanceof ContractBreachError ||
  error instanceof HttpException ||
  codeOf(error).startsWith('ERR_PARSE_ARGS');

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException | null)?.code ?? '';
