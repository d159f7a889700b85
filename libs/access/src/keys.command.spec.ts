import { PassThrough } from 'node:stream';
import { describe, expect, it, jest } from '@jest/globals';
import type { Database } from '#libs/database';
import { runKeysCommand } from './keys.command.js';

const ID = '00000000-0000-4000-8000-000000000000';

describe('the command for keys', () => {
  it.each([
    ['no word', '', 'There is no command "keys "'],
    ['an unknown word', 'burn', 'There is no command "keys burn"'],
    ['no scope', 'create', 'Say what the key may do'],
    ['an unknown scope', 'create --scope world:rule', 'There is no scope "world:rule"'],
    ['an unknown option', 'create --amdin', "Unknown option '--amdin'"],
    ['an empty name', 'create --admin --name=', 'A name has 1 to 200 printable characters'],
    ['too long a name', `create --admin --name ${'a'.repeat(201)}`, 'A name has 1 to 200'],
    ['a name of two lines', 'create --admin --name=a\nb', 'A name has 1 to 200'],
    [
      'an owner without an id',
      'create --scope events:read --owner creator',
      'An owner is its kind',
    ],
    ['an owner of no kind', 'create --scope events:read --owner brand:b', 'kind must be one of'],
    ['an owner of everything', 'create --admin --owner creator:c', 'admin is nothing for a key'],
    ['an end that is no time', 'create --admin --expires soon', 'expiresAt must be'],
    ['an end that is over', 'create --admin --expires 2001-01-01', 'expiresAt: is not ahead'],
    ['no id to rotate', 'rotate', '"keys rotate" takes one id'],
    ['too long a grace', `rotate ${ID} --grace-hours 721`, 'graceHours must not be greater'],
    ['a grace that is no number', `rotate ${ID} --grace-hours day`, 'graceHours must'],
    ['an unknown id to rotate', `rotate ${ID}`, 'There is no such key.'],
    ['more words than it takes', 'list all', '"keys list" takes nothing more'],
    ['no id', 'revoke', '"keys revoke" takes one id'],
    ['what is no id', 'revoke 1;DROP', '"keys revoke" takes one id'],
    ['an unknown id', `revoke ${ID}`, 'There is no key 00000000-'],
  ])('explains itself when it is given %s, and changes nothing', async (_, words, message) => {
    const query = jest.fn<Database['query']>().mockResolvedValue([]);
    const transaction = (work: (queries: object) => unknown): unknown => work({ query });
    const out = new PassThrough({ encoding: 'utf8' });

    const code = await runKeysCommand({ query, transaction } as never, words.split(' '), out);

    const said = String(out.read());
    expect(code).toBe(2);
    expect(said).toContain(message);
    expect(said).toContain('Usage:');
  });

  it('lets trouble with the database through: it is nobody’s typing', async () => {
    const query = jest.fn<Database['query']>().mockRejectedValue(new Error('connection refused'));

    const run = runKeysCommand({ query } as never, ['list'], new PassThrough());

    await expect(run).rejects.toThrow('connection refused');
  });
});
