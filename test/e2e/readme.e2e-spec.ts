import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { describeWith, hasProgram } from '../support/needs.js';
import { FootfallProcess } from '../support/process.js';
import { until } from '../support/until.js';

jest.setTimeout(120_000);

/** The commands that README shows, in order; those that start a server or the tests are `shell`. */
const commands = [...readFileSync('README.md', 'utf8').matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(
  ([, text]) => text as string,
);

const hasShell = hasProgram('bash') && hasProgram('curl');

describeWith(hasShell, 'no bash or no curl')('the commands of README, after a first start', () => {
  let footfall: FootfallProcess;

  beforeAll(async () => {
    footfall = await FootfallProcess.start();
    await footfall.ready();
  });
  afterAll(() => footfall?.dispose());

  /** Only the port and the data directory are the test's own. */
  const run = (command: string): string => {
    const own = command
      .replaceAll('127.0.0.1:3000', `127.0.0.1:${footfall.port}`)
      .replaceAll('.data/', `${footfall.dataDir}/`);
    const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', own], {
      encoding: 'utf8',
      env: { ...process.env, DATA_DIR: footfall.dataDir, DATABASE_URL: '' },
    });
    if (status !== 0) throw new Error(`${command}\n${stderr}`);
    return stdout;
  };
  /** The one that contains a text. */
  const theOne = (text: string, index = 0): string =>
    commands.filter((command) => command.includes(text))[index] ?? '';

  it('put an offer, send an event for it and read it back', async () => {
    expect(run(theOne('-X PUT', 0))).toMatch(/^HTTP\/1\.1 201/m);
    await until('the offer is known', () => /^HTTP\/1\.1 204/m.test(run(theOne('"event-1"'))));

    await until('it is read back', () => run(theOne('sessionId=session-1"')).includes('"event-1"'));
    expect(JSON.parse(run(theOne('event-1/receipt')))).toMatchObject({ state: 'stored' });
  });

  it('show a refusal, and a verdict for each event of a batch', () => {
    const refusal = run(theOne('"event-2"'));
    const batch = run(theOne('/events/checkout/batch'));

    expect(refusal).toMatch(/^HTTP\/1\.1 400/m);
    expect(refusal).toContain('"breaches"');
    expect(batch).toMatch(/"verdict":"accepted".*"verdict":"rejected"/);
  });

  it('put, show, list and delete offers', () => {
    const answers = run(theOne('offer-2')).match(/HTTP\/1\.1 \d+/g);

    expect(answers).toEqual(['HTTP/1.1 201', 'HTTP/1.1 200', 'HTTP/1.1 200', 'HTTP/1.1 204']);
  });

  it('ask for health and figures', () => {
    const text = run(theOne('/livez'));

    expect(text).toContain('footfall_events_lost_total');
  });

  it('make and list keys', () => {
    const text = run(theOne('keys create'));

    expect(text).toMatch(/^ff_[\w-]+$/m);
    expect(text).toContain('reader');
  });

  it('are all run here', () => {
    const covered = [
      theOne('-X PUT', 0),
      theOne('"event-1"'),
      theOne('"event-2"'),
      theOne('/events/checkout/batch'),
      theOne('offer-2'),
      theOne('sessionId=session-1"'),
      theOne('event-1/receipt'),
      theOne('/livez'),
      theOne('keys create'),
    ];

    expect(new Set(commands)).toEqual(new Set(covered));
  });
});
