import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { startBrowser, startShop } from '../support/browser.js';
import { type Example, examplesUnder, placedAt } from '../support/client-examples.js';
import { ClientProject } from '../support/client-package.js';
import { TestFootfall } from '../support/footfall.js';
import { Page } from '../support/markdown.js';
import { NatsServerProcess } from '../support/nats.js';
import { describeWith, hasProgram } from '../support/needs.js';
import { until } from '../support/until.js';

jest.setTimeout(120_000);

const BROWSERS = examplesUnder('In browsers');
const SERVERS = examplesUnder('On servers');
const NATS = examplesUnder('Over NATS');

const STORED = `
  SELECT (SELECT count(*) FROM checkout_events) + (SELECT count(*) FROM tracking_events)
       + (SELECT count(*) FROM events) + (SELECT count(*) FROM commerce_events) AS events`;

let project: ClientProject;

beforeAll(async () => {
  project = await ClientProject.create();
  await project.add('@nats-io/jetstream', '@nats-io/nats-core', '@nats-io/transport-node');
  await project.add('@types/node', 'undici-types');
});
afterAll(() => project?.dispose());

const written = async (examples: readonly Example[]): Promise<string[]> => {
  for (const { file, code } of examples) await project.write(file, code);
  return examples.map(({ file }) => file);
};

/** One file of JavaScript with the packages of the project in it, or beside it. */
const built = async ({ file, code }: Example, place: 'browser' | 'node'): Promise<string> => {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: project.folder, sourcefile: file, loader: 'ts' },
    bundle: place === 'browser',
    format: 'esm',
    platform: place,
    target: place === 'browser' ? 'es2022' : 'node20',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]!.text;
};

const storedIn = async (footfall: TestFootfall): Promise<number> => {
  const [row] = await footfall.query<{ events: string }>(STORED);
  return Number(row?.events);
};

/** Runs an example and waits until Footfall has stored something of it. */
const stores = async (footfall: TestFootfall, example: () => Promise<unknown>): Promise<void> => {
  const before = await storedIn(footfall);
  await example();
  await until('its events are stored', async () => (await storedIn(footfall)) > before);
};

const runs = async (example: Example, footfall: TestFootfall, nats?: string): Promise<void> => {
  const { key } = await footfall.makeKey(['ingest:analytics', 'ingest:commerce']);
  const code = placedAt(example.code, { footfall: footfall.url, ...(nats && { nats }) });
  const file = example.file.replace(/\.ts$/, '.run.js');
  await project.write(file, await built({ ...example, code }, 'node'));
  await stores(footfall, () => project.node(file, { FOOTFALL_KEY: key }));
};

describe('the README of @footfall/client', () => {
  it('has examples of every part', () => {
    expect([BROWSERS.length, SERVERS.length, NATS.length]).not.toContain(0);
  });

  it('leads nowhere that is not there', () => {
    expect(new Page('libs/client/README.md').brokenLinks).toEqual([]);
  });

  it('has examples that compile in browsers', async () => {
    expect(await project.typeErrors('browser', await written(BROWSERS))).toBe('');
  });

  it('has examples that compile on servers', async () => {
    expect(await project.typeErrors('node', await written(SERVERS))).toBe('');
  });

  it('has examples that compile beside NATS', async () => {
    expect(await project.typeErrors('nats', await written(NATS))).toBe('');
  });
});

describe('an example for servers', () => {
  let footfall: TestFootfall;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
    await footfall.offer('offer-1');
  });
  afterAll(() => footfall?.stop());

  it.each(SERVERS.map((each) => [each.title, each] as const))('works: %s', async (_, example) => {
    await expect(runs(example, footfall)).resolves.toBeUndefined();
  });
});

describeWith(hasProgram('nats-server'), 'nats-server is not installed')(
  'an example for NATS',
  () => {
    let nats: NatsServerProcess;
    let footfall: TestFootfall;

    beforeAll(async () => {
      nats = await NatsServerProcess.start();
      footfall = await (await TestFootfall.start({ NATS_URL: nats.url })).ready();
      await nats.isConsumed();
    });
    afterAll(async () => {
      await footfall?.stop();
      await nats?.dispose();
    });

    it.each(NATS.map((each) => [each.title, each] as const))('works: %s', async (_, example) => {
      await expect(runs(example, footfall, nats.url)).resolves.toBeUndefined();
    });
  },
);

describeWith(hasProgram('chromium'), 'there is no chromium')('an example for browsers', () => {
  let footfall: TestFootfall;
  let browser: Browser;
  let shop: { readonly url: string; readonly server: Server };

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
    await footfall.offer('offer-1');
    browser = await startBrowser();
    shop = await startShop();
  });
  afterAll(async () => {
    await browser?.close();
    shop?.server.close();
    await footfall?.stop();
  });

  it.each(BROWSERS.map((each) => [each.title, each] as const))('works: %s', async (_, example) => {
    const code = placedAt(example.code, { footfall: footfall.url });
    const content = await built({ ...example, code }, 'browser');
    const page = await browser.newPage();
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    await page.goto(shop.url);

    await stores(footfall, () => page.addScriptTag({ type: 'module', content }));

    await page.close();
    expect(errors).toEqual([]);
  });
});
