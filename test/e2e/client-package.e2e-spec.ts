import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ClientProject } from '../support/client-package.js';

jest.setTimeout(120_000);

/** Declarations of the package are checked as well as their user. */
const CAREFUL = { libraries: true };

const ENTRIES = ['browser', 'server', 'nats'] as const;

describe('@footfall/client, installed into an empty project', () => {
  let project: ClientProject;

  beforeAll(async () => {
    project = await ClientProject.create();
  });
  afterAll(() => project?.dispose());

  const namesOf = async (entry: string): Promise<string[]> => {
    await project.write(
      'names.js',
      `import * as entry from '@footfall/client/${entry}';
       console.log(JSON.stringify(Object.keys(entry)));`,
    );
    return JSON.parse(await project.node('names.js')) as string[];
  };

  it('brings no package with it', async () => {
    const modules = await readdir(join(project.folder, 'node_modules'));

    expect(modules.filter((name) => !name.startsWith('.'))).toEqual(['@footfall']);
  });

  it('holds what runs and what is read, and nothing of its making', async () => {
    const files = await readdir(join(project.folder, 'node_modules/@footfall/client'), {
      recursive: true,
    });

    expect(files).toEqual(expect.arrayContaining(['README.md', 'CHANGELOG.md', 'package.json']));
    expect(files.filter((name) => /spec|tsbuildinfo|\.map$|^src/.test(name))).toEqual([]);
  });

  it('is imported on a server', async () => {
    expect(await namesOf('server')).toEqual(
      expect.arrayContaining(['FootfallClient', 'FootfallError', 'toOrderItems', 'EVENT_TYPES']),
    );
  });

  it('is imported where pages are rendered, before there is a window', async () => {
    expect(await namesOf('browser')).toEqual(
      expect.arrayContaining([
        'createCheckoutTracker',
        'createTracker',
        'durableQueue',
        'EVENT_TYPES',
        'CHECKOUT_EVENT_DESCRIPTIONS',
      ]),
    );
  });

  it.each(['server', 'browser'])('is required by CommonJS too: %s', async (entry) => {
    await project.write(
      'required.cjs',
      `console.log(Object.keys(require('@footfall/client/${entry}')).join());`,
    );

    expect(await project.node('required.cjs')).toContain('EVENT_TYPES');
  });

  it('names what is missing where the NATS part has no NATS', async () => {
    await expect(namesOf('nats')).rejects.toThrow('@nats-io/jetstream');
  });

  it.each(['@footfall/client', '@footfall/client/dist/uuid-v7.js'])(
    'lets nobody reach past its entries: %s',
    async (path) => {
      await project.write('past.js', `import '${path}';`);

      await expect(project.node('past.js')).rejects.toThrow('ERR_PACKAGE_PATH_NOT_EXPORTED');
    },
  );

  describe('beside NATS and TypeScript', () => {
    beforeAll(() =>
      project.add('@nats-io/jetstream', '@nats-io/nats-core', '@types/node', 'undici-types'),
    );

    it('is imported by publishers', async () => {
      expect(await namesOf('nats')).toEqual(
        expect.arrayContaining(['Publisher', 'bootstrap', 'STREAM_NAME', 'STREAM_SUBJECTS']),
      );
    });

    it('compiles in a page, without the types of Node.js', async () => {
      await project.write(
        'page.ts',
        `import { createCheckoutTracker, createTracker, durableQueue, EVENT_TYPES } from '@footfall/client/browser';
         export const parts = [createCheckoutTracker, createTracker, durableQueue] as const;
         export const viewed: 'asset_viewed' = EVENT_TYPES.ASSET_VIEWED;`,
      );

      expect(await project.typeErrors('browser', ['page.ts'], CAREFUL)).toBe('');
    });

    it('compiles on a server, without the types of pages', async () => {
      await project.write(
        'server.ts',
        `import { FootfallClient, toOrderItems, type Order } from '@footfall/client/server';
         export const client = new FootfallClient({ endpoint: '' });
         export const emit = (order: Order) => client.emitOrderCompleted(order);
         // @ts-expect-error misspelt
         export const misspelt = new FootfallClient({ endPoint: '' });
         export { toOrderItems };`,
      );

      expect(await project.typeErrors('node', ['server.ts'], CAREFUL)).toBe('');
    });

    it('compiles beside NATS', async () => {
      await project.write(
        'publisher.ts',
        `import { type PublishedOrder, Publisher } from '@footfall/client/nats';
         export const publisher = new Publisher(null);
         export const publish = (order: PublishedOrder) => publisher.publishOrderCompleted(order);`,
      );

      expect(await project.typeErrors('nats', ['publisher.ts'], CAREFUL)).toBe('');
    });

    it.each(ENTRIES)('does nothing when %s is only imported', async (entry) => {
      await project.write(
        'only.js',
        `const before = Object.getOwnPropertyNames(globalThis).length;
         await import('@footfall/client/${entry}');
         if (Object.getOwnPropertyNames(globalThis).length !== before) throw new Error('a global');
         console.log(process.getActiveResourcesInfo().includes('Timeout'));`,
      );

      expect((await project.node('only.js')).trim()).toBe('false');
    });
  });
});
