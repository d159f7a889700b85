import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';

const SOURCES = join(import.meta.dirname, '../../libs/client/src/browser');

export interface ClientPage {
  /** Of a page that has the library as `client`; every other path is such a page too. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * A site of an integrator's, on an origin of its own. `modules` of the browser part, as
 * `./index.js`, are bundled from their source, and all that they export stands in the global
 * `client` before the page's own scripts run.
 */
export async function startClientPage(...modules: readonly string[]): Promise<ClientPage> {
  const script = await bundle(modules);
  const server = createServer((request, response) => {
    if (request.url === '/client.js') {
      response.setHeader('content-type', 'text/javascript').end(script);
      return;
    }
    response
      .setHeader('content-type', 'text/html; charset=utf-8')
      .end('<!doctype html><title>Shop</title><script src="/client.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, stop: () => stopped(server) };
}

async function bundle(modules: readonly string[]): Promise<string> {
  const contents = modules.map((module) => `export * from '${module}';`).join('\n');
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: SOURCES, loader: 'ts' },
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    globalName: 'client',
    target: 'es2022',
  });
  return outputFiles[0]!.text;
}

const stopped = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
