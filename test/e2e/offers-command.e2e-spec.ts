import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { openDatabase } from '#libs/database';
import { runOffersCommand, type Streams } from '#libs/offers';
import { migrations } from '../../migrations/index.js';
import { createDatabase } from '../support/postgres.mjs';
import { until } from '../support/until.js';

jest.setTimeout(60_000);

const CLI = join(import.meta.dirname, '../../dist/apps/server/src/cli.js');
const HEADER = 'offerId,productId,producerId\n';

let own: Awaited<ReturnType<typeof createDatabase>>;
let open: Awaited<ReturnType<typeof openDatabase>>;
let directory: string;
let children: ChildProcess[] = [];

beforeAll(async () => {
  own = await createDatabase();
  open = await openDatabase(own.url, migrations);
});
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'offers-'));
  await open.database.query('DELETE FROM offers');
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
  await rm(directory, { recursive: true });
});
afterAll(async () => {
  await open.close();
  await own.drop();
});

const path = (name: string): string => join(directory, name);

async function aFile(name: string, text: string): Promise<string> {
  await writeFile(path(name), text);
  return path(name);
}

const stored = async (): Promise<number> => {
  const rows = await open.database.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM offers',
  );
  return rows[0]!.count;
};

/** Runs the command in this process; what it says is text. */
async function run(words: readonly string[], { input = '', isTTY = false } = {}) {
  const output = new PassThrough({ encoding: 'utf8' });
  const messages = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY, columns: 100 });
  const streams: Streams = {
    input: Readable.from([Buffer.from(input)]),
    output,
    messages,
    stop: new AbortController().signal,
  };
  const code = await runOffersCommand(open.database, words, streams);
  return { code, out: String(output.read() ?? ''), said: String(messages.read() ?? '') };
}

/** The command as an operator types it, in a process of its own. */
function spawned(...words: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [CLI, 'offers', ...words], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], DATABASE_URL: own.url, DATA_DIR: directory },
  });
  children.push(child);
  return child;
}

describe('the command that imports offers', () => {
  it('takes a file, and says what became of it', async () => {
    const file = await aFile('offers.csv', `${HEADER}a,p,q\nb,p,q\n`);

    const { code, out, said } = await run(['import', file]);

    expect([code, out]).toEqual([0, '']);
    expect(said).toMatch(
      /^2 lines: 2 created, 0 changed, 0 unchanged, 0 repeated, 0 bad; [\d.]+ s, \d+ lines\/s\.\n$/,
    );
    expect(await stored()).toBe(2);
  });

  it.each([
    ['the ending of the file', 'offers.jsonl', []],
    ['the format that is named', 'offers.txt', ['--format', 'ndjson']],
  ])('knows NDJSON by %s', async (_, name, words) => {
    const offer = { offerId: 'a', productId: 'p', producerId: 'q' };
    const file = await aFile(name, JSON.stringify(offer));

    const { code } = await run(['import', file, ...words]);

    expect([code, await stored()]).toEqual([0, 1]);
  });

  it('takes the good lines, lists the bad ones, and ends with 1', async () => {
    const file = await aFile('offers.csv', `${HEADER}a,p,q\n,p,q\nb,p\n\u001b[2J,,q\nc,p,q\n`);

    const { code, said } = await run(['import', file]);

    expect([code, await stored()]).toEqual([1, 2]);
    expect(said.split('\n')).toEqual([
      'line 3: offerId offerId should not be empty',
      'line 4: line has 2 cells where the header has 3',
      expect.stringContaining('line 5: productId '),
      expect.stringContaining('5 lines: 2 created'),
      '',
    ]);
  });

  it.each([
    ['offers.csv.gz', `${HEADER}a,p,q\n`],
    ['offers.jsonl.gz', '{"offerId":"a","productId":"p","producerId":"q"}'],
    ['packed.CSV', `${HEADER}a,p,q\n`],
  ])('unpacks what is packed: %s', async (name, text) => {
    await writeFile(path(name), gzipSync(text));

    const { code, said } = await run(['import', path(name)]);

    expect([code, await stored()]).toEqual([0, 1]);
    expect(said).toMatch(/^1 line: 1 created/);
  });

  it('says how far it came in a packed file that is cut off', async () => {
    const lines = Array.from({ length: 3000 }, (_, i) => `offer-${i},p${Math.random()},q\n`);
    const packed = gzipSync(HEADER + lines.join(''));
    await writeFile(path('half.csv.gz'), packed.subarray(0, packed.length / 2));

    const { code, said } = await run(['import', path('half.csv.gz')]);

    expect(code).toBe(1);
    expect(said).toMatch(
      /Broke off after line \d+; \d+ offers are in and stay\..*\n.*unexpected end/,
    );
    expect(await stored()).toBeGreaterThan(100);
  });

  it('reads standard input', async () => {
    const { code } = await run(['import', '-'], { input: `${HEADER}a,p,q\n` });

    expect([code, await stored()]).toEqual([0, 1]);
  });

  it('shows a terminal how far it is', async () => {
    const file = await aFile('offers.csv', `${HEADER}a,p,q\nb,p,q\n`);

    const { said } = await run(['import', file], { isTTY: true });

    expect(said).toContain('100%');
    expect(said).toMatch(/2 lines: 2 created.*\n$/);
  });

  it('does nothing with a header that is wrong, and says what is', async () => {
    const file = await aFile('offers.csv', 'offerId,price\na,1\n');

    const { code, said } = await run(['import', file]);

    expect([code, await stored()]).toEqual([1, 0]);
    expect(said).toContain('productId: is not in the header');
    expect(said).toContain('price: is no column of offers');
  });

  it('says how far it came when its input breaks off', async () => {
    const breaks = async function* () {
      yield Buffer.from(`${HEADER}a,p,q\nb,p`);
      throw new Error('the disk is gone');
    };
    const messages = new PassThrough({ encoding: 'utf8' });

    const code = await runOffersCommand(open.database, ['import', '-'], {
      input: Readable.from(breaks()),
      output: new PassThrough(),
      messages,
      stop: new AbortController().signal,
    });

    expect([code, await stored()]).toEqual([1, 1]);
    expect(String(messages.read())).toMatch(
      /Broke off after line 2; 1 offer is in and stays\..*\nthe disk is gone\n$/,
    );
  });

  it('lets a file that is not there be what it is', async () => {
    await expect(run(['import', path('none.csv')])).rejects.toThrow('no such file');
  });
});

describe('the command that exports offers', () => {
  it('writes a file that is whole, and that an import takes', async () => {
    const file = await aFile('offers.csv', `${HEADER}'=a,p,q\nb,"p, large",q\n`);
    await run(['import', file]);

    const { code, said } = await run(['export', path('out.csv')]);

    expect(code).toBe(0);
    expect(said).toMatch(/^2 offers, [\d.]+ s\.\n$/);
    expect(await readFile(path('out.csv'), 'utf8')).toBe(
      'offerId,productId,producerId\r\n\'=a,p,q\r\nb,"p, large",q\r\n',
    );
    expect((await run(['import', path('out.csv')])).said).toContain('2 unchanged');
    expect(await readdir(directory)).toEqual(['offers.csv', 'out.csv']);
  });

  it('writes to standard output where no file is named, and nothing else there', async () => {
    await run(['import', '-'], { input: `${HEADER}a,p,q\nb,p,q\n` });

    const { out } = await run(['export', '--format', 'ndjson', '--prefix', 'b']);

    expect(out).toBe('{"offerId":"b","productId":"p","producerId":"q"}\n');
  });

  it('leaves no half file behind, and the old one as it was', async () => {
    const file = await aFile('out.csv', 'the old one');
    await open.database.query('ALTER TABLE offers RENAME TO gone');

    const failed = await run(['export', file]).catch((error: unknown) => error);
    await open.database.query('ALTER TABLE gone RENAME TO offers');

    expect(failed).toMatchObject({ code: '42P01' });
    expect(await readdir(directory)).toEqual(['out.csv']);
    expect(await readFile(file, 'utf8')).toBe('the old one');
  });

  it('ends when nobody reads its output any more', async () => {
    const closed = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });

    const ended = runOffersCommand(open.database, ['export'], {
      input: Readable.from([]),
      output: closed,
      messages: new PassThrough(),
      stop: new AbortController().signal,
    });

    await expect(ended).rejects.toThrow('EPIPE');
  });
});

describe('the command for offers', () => {
  it.each([
    ['no word', [], 'There is no command "offers "'],
    ['an unknown word', ['burn'], 'There is no command "offers burn"'],
    ['no file to import', ['import'], 'An import takes one file'],
    ['two files to import', ['import', 'a', 'b'], 'An import takes one file'],
    ['two files to export', ['export', 'a', 'b'], '"offers export" takes one file at most'],
    ['an unknown format', ['import', 'a.csv', '--format', 'xml'], 'format'],
    ['an unknown option', ['export', '--fromat', 'csv'], "Unknown option '--fromat'"],
    ['a prefix that no id has', ['export', '--prefix', 'a'.repeat(201)], 'prefix'],
  ])('explains itself when it is given %s', async (_, words, message) => {
    const { code, said, out } = await run(words);

    expect([code, out]).toEqual([2, '']);
    expect(said).toContain(message);
    expect(said).toContain('Usage:');
  });

  it('is there for an operator: piped out, and in again', async () => {
    await run(['import', '-'], { input: `${HEADER}a,p,q\nb,p,q\n` });
    const exporting = spawned('export', '--format', 'ndjson');
    const importing = spawned('import', '-', '--format', 'ndjson');
    let said = '';
    importing.stderr!.setEncoding('utf8').on('data', (text: string) => (said += text));

    exporting.stdout!.pipe(importing.stdin!);
    const codes = await Promise.all(
      [exporting, importing].map(async (child) => (await once(child, 'exit'))[0] as number),
    );

    expect(codes).toEqual([0, 0]);
    expect(said).toMatch(/^2 lines: 0 created, 0 changed, 2 unchanged/);
  });

  it('ends in good order when it is interrupted, and says how far it came', async () => {
    const importing = spawned('import', '-');
    let said = '';
    importing.stderr!.setEncoding('utf8').on('data', (text: string) => (said += text));
    importing.stdin!.write(HEADER);
    for (let i = 0; i < 1500; i++) importing.stdin!.write(`offer-${i},p,q\n`);
    await until('the first of it is in', async () => (await stored()) === 1000);

    importing.kill('SIGINT');
    const [code] = (await once(importing, 'exit')) as [number];

    expect(code).toBe(1);
    expect(said).toContain('Broke off after line 1501; 1500 offers are in and stay.');
    expect(await stored()).toBe(1500);
  });
});
