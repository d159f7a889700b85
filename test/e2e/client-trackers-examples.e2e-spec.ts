import { mkdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { startBrowser } from '../support/browser.js';
import { placedAt } from '../support/client-examples.js';
import { ClientProject } from '../support/client-package.js';
import { TestFootfall } from '../support/footfall.js';
import { describeWith, hasProgram } from '../support/needs.js';
import { until } from '../support/until.js';

jest.setTimeout(120_000);

const README = join(import.meta.dirname, '../../libs/client/README.md');

/**
 * What of React the example uses, as strict mode does it: effects run, are undone, and run again.
 * React itself is no dependency of this repository.
 */
const REACT = {
  'node_modules/react/package.json': `{ "name": "react", "type": "module",
    "exports": { ".": "./index.js", "./jsx-runtime": "./jsx-runtime.js" } }`,
  'node_modules/react/index.js': `
    const effects = [];
    export const useEffect = (effect) => void effects.push(effect);
    export const commit = () => {
      const undo = effects.map((effect) => effect());
      undo.forEach((each) => each?.());
      effects.forEach((effect) => effect());
    };`,
  'node_modules/react/jsx-runtime.js': `
    export const jsx = (type, props) => typeof type === 'function' ? type(props) : { type, props };`,
};

describeWith(hasProgram('chromium'), 'there is no chromium')('the example of the README', () => {
  let footfall: TestFootfall;
  let project: ClientProject;
  let browser: Browser;
  let site: Server;
  let pages: Readonly<Record<string, string>> = {};

  /** A host of an integrator's: pages of the test, and the package's files below /footfall. */
  const startSite = async (): Promise<Server> => {
    const dist = join(project.folder, 'node_modules/@footfall/client/dist');
    const server = createServer((request, response) => {
      const path = normalize(request.url ?? '/');
      const page = pages[path];
      if (page !== undefined) {
        response.setHeader('content-type', 'text/html').end(page);
        return;
      }
      readFile(join(dist, path.replace(/^\/footfall/, ''))).then(
        (file) => response.setHeader('content-type', 'text/javascript').end(file),
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return server;
  };

  beforeAll(async () => {
    project = await ClientProject.create();
    footfall = await (await TestFootfall.start()).ready();
    await footfall.offer('offer-1');
    browser = await startBrowser();
    site = await startSite();
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
    site?.closeAllConnections();
    await footfall?.stop();
    await project?.dispose();
  });

  /** The only block of the README in that language, with the test's Footfall. */
  const example = async (language: string): Promise<string> => {
    const blocks = (await readFile(README, 'utf8')).split('```');
    const [block, ...others] = blocks.filter((each) => each.startsWith(`${language}\n`));
    expect(others).toEqual([]);
    return placedAt(block!.slice(language.length + 1), { footfall: footfall.url });
  };

  const visit = async (html: string): Promise<Page> => {
    pages = { '/': html };
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
    return page;
  };

  const checkoutEvents = async (): Promise<string[]> =>
    (await footfall.query<{ name: string }>('SELECT event_name AS name FROM checkout_events')).map(
      ({ name }) => name,
    );

  it('without a bundler works from one’s own host, under a policy for its content', async () => {
    const policy = `default-src 'none'; script-src 'self' 'unsafe-inline'; connect-src ${footfall.url}`;
    const html = await example('html');
    const page = await visit(
      html.replace(
        '<title>',
        `<meta http-equiv="Content-Security-Policy" content="${policy}"><title>`,
      ),
    );

    await until('something is stored', async () => (await checkoutEvents()).length > 0);
    await page.close();

    expect(await checkoutEvents()).toContain('checkout_page_view');
  });

  it('for React works, also in strict mode', async () => {
    await mkdir(join(project.folder, 'node_modules/react'));
    for (const [name, text] of Object.entries(REACT)) await project.write(name, text);
    await project.write('app.tsx', await example('tsx'));
    const start = `import { commit } from 'react';
      import { App } from './app.tsx';
      const button = App();
      commit();
      button.props.onClick();`;
    const { outputFiles } = await build({
      stdin: { contents: start, resolveDir: project.folder },
      bundle: true,
      format: 'esm',
      jsx: 'automatic',
      write: false,
    });

    const page = await visit(
      `<!doctype html><script type="module">${outputFiles[0]!.text}</script>`,
    );
    const ofTheExample = async (): Promise<string[]> =>
      (await checkoutEvents()).filter((name) => name !== 'checkout_page_view').toSorted();
    await until('all are stored', async () => (await ofTheExample()).length === 3);
    await until('the page view is stored', async () => (await pageViews()) > 0);
    await page.close();

    // Strict mode says twice what an effect says, but a view is a view.
    expect(await ofTheExample()).toEqual([
      'checkout_step_viewed',
      'checkout_step_viewed',
      'checkout_submit_clicked',
    ]);
    await footfall.written();
    expect(await pageViews()).toBe(1);
  });

  const pageViews = async (): Promise<number> => {
    const sql = 'SELECT count(*)::int AS count FROM tracking_events';
    return (await footfall.query<{ count: number }>(sql))[0]!.count;
  };
});
