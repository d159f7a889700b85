import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database } from '#libs/database';
import { runCatalogCommand, runOffersCommand } from '#libs/offers';
import { TestFootfall } from '../support/footfall.js';

let footfall: TestFootfall;
let folder: string;

beforeAll(async () => {
  footfall = await (await TestFootfall.start()).ready();
  folder = await mkdtemp(join(tmpdir(), 'footfall-catalog-'));
});
beforeEach(() => footfall.query('DELETE FROM catalog_creators'));
afterAll(async () => {
  await footfall.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a command as typed, and answers its exit code and what it told the person. */
async function run(
  command: typeof runCatalogCommand,
  words: readonly string[],
  input = '',
): Promise<{ code: number; said: string }> {
  const messages = new PassThrough();
  const said = text(messages);
  const code = await command(footfall.footfall.app.get(Database), words, {
    ...{ input: Readable.from([Buffer.from(input)]), output: new PassThrough(), messages },
    stop: new AbortController().signal,
  });
  messages.end();
  return { code, said: await said };
}

const creators = async (): Promise<unknown[]> => {
  const { body } = await footfall.asAdmin('get', '/catalog/creators');
  return (body as { items: { creatorId: string; name: string }[] }).items.map(
    ({ creatorId, name }) => `${creatorId}: ${name}`,
  );
};

describe('the command that imports into the catalogue', () => {
  it('reads a file in the format that its name says', async () => {
    const file = join(folder, 'creators.ndjson');
    await writeFile(file, '{"creatorId":"c-1","name":"Ada"}\n{"creatorId":"c-2","name":"Ben"}\n');

    const { code, said } = await run(runCatalogCommand, ['import', 'creators', file]);

    expect(said).toContain('2 lines: 2 created, 0 changed, 0 unchanged');
    expect(code).toBe(0);
    expect(await creators()).toEqual(['c-1: Ada', 'c-2: Ben']);
  });

  it('reads standard input, and names the bad lines', async () => {
    const csv = 'creatorId,name\nc-1,Ada\n,Ben\n';

    const { code, said } = await run(runCatalogCommand, ['import', 'creators', '-'], csv);

    expect(code).toBe(1);
    expect(said).toMatch(/^line 3: creatorId .*\n2 lines: 1 created/);
    expect(await creators()).toEqual(['c-1: Ada']);
  });

  it.each([
    [[], 'There is no command "catalog ".'],
    [['export', 'creators'], 'There is no command "catalog export".'],
    [['import', 'offers', '-'], 'The catalogue has no "offers".'],
    [['import', 'creators'], 'An import takes one file'],
    [['import', 'creators', 'a', 'b'], 'An import takes one file'],
    [['import', 'creators', '-', '--format', 'xlsx'], 'format'],
    [['import', 'creators', '-', '--fromat', 'csv'], '--fromat'],
  ])('says what is wrong with %j, and how it goes', async (words, problem) => {
    const { code, said } = await run(runCatalogCommand, words);

    expect(code).toBe(2);
    expect(said).toContain(problem);
    expect(said).toContain('catalog import assets|creators|users|brands|licenses <file>');
  });

  it('tells why a header is refused, without what would steer a terminal', async () => {
    const words = ['import', 'creators', '-'];

    const { code, said } = await run(runCatalogCommand, words, 'creatorId,\u001b[31mprice\n');

    expect(code).toBe(1);
    expect(said).toContain('name: is not in the header');
    expect(said).not.toContain('\u001b');
  });

  it('is the one that imports offers', async () => {
    const csv = 'offerId,productId,producerId\no-1,p,q\n';

    const { code, said } = await run(runOffersCommand, ['import', '-'], csv);

    expect([code, said.split(';')[0]]).toEqual([
      0,
      '1 line: 1 created, 0 changed, 0 unchanged, 0 repeated, 0 bad',
    ]);
  });
});
