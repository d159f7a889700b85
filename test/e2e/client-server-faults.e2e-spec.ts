import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { join } from 'node:path';
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
import {
  FootfallClient,
  type FootfallClientOptions,
  FootfallError,
} from '../../libs/client/src/server/index.js';
import { ClientProject } from '../support/client-package.js';
import { FaultyHouse } from '../support/faults.js';
import { describeWith, hasProgram } from '../support/needs.js';
import { freePort } from '../support/postgres.mjs';
import type { FootfallProcess } from '../support/process.js';
import { selfSigned } from '../support/self-signed.js';
import { until } from '../support/until.js';

jest.setTimeout(180_000);

const EVENTS = 400;
/** A sender of four contracts at once. */
const OF_EACH = EVENTS / 4;
const FLUSHED_WITHIN_MS = 60_000;

const give = (client: FootfallClient, at: number): readonly Promise<unknown>[] => {
  const visit = { sessionId: 'session-1', trackId: 'session-1', url: 'https://a.b/c', path: '/c' };
  return [
    client.emitRaw({ event: 'api_usage_debit', organization_id: 'acme', order_id: `c-${at}` }),
    client.emitTrackingEvent({ ...visit, eventType: 'PAGEVIEW', eventId: `t-${at}` }),
    client.trackEvent({ eventType: 'asset_viewed', sessionId: `a-${at}` }, {}),
    client.emitCheckoutEvent({
      eventId: `k-${at}`,
      eventName: 'checkout_page_view',
      sessionId: 'session-1',
      offerId: 'offer-1',
      executionEnvironment: 'production',
      fullHostname: 'checkout.example.com',
      rootDomain: 'example.com',
    }),
  ];
};

/** What tells the events above apart, in each table. */
const STORED = [
  'SELECT order_id AS id FROM commerce_events',
  'SELECT event_id AS id FROM tracking_events',
  'SELECT session_id AS id FROM events',
  'SELECT event_id AS id FROM checkout_events',
].join(' UNION ALL ');

const expectedIds = (): string[] =>
  Array.from({ length: OF_EACH }, (_, at) => ['a', 'c', 'k', 't'].map((kind) => `${kind}-${at}`))
    .flat()
    .toSorted();

describe('the client for servers, when Footfall breaks', () => {
  let house: FaultyHouse;
  const dropped: FootfallError[] = [];

  beforeEach(async () => {
    house = await FaultyHouse.build();
    dropped.splice(0);
  });
  afterEach(() => house.clearAway());

  const clientFor = async (
    footfall: FootfallProcess,
    options: FootfallClientOptions = {},
  ): Promise<FootfallClient> => {
    const key = (await readFile(join(footfall.dataDir, 'admin.key'), 'utf8')).trim();
    const onDropped = (error: FootfallError): void => void dropped.push(error);
    return new FootfallClient({ endpoint: footfall.url, key, onDropped, ...options });
  };
  const storedIds = async (): Promise<string[]> => {
    const rows = await house.postgres.query<{ id: string }>(STORED);
    return rows.map(({ id }) => id).toSorted();
  };

  it('has stored once whatever flush resolved, although it was killed meanwhile', async () => {
    const first = await house.start();
    const client = await clientFor(first, { batchSize: 7, maxRequests: 2, timeoutMs: 2000 });
    const given = Array.from({ length: OF_EACH }, (_, at) => give(client, at)).flat();
    const flushed = client.flush({ signal: AbortSignal.timeout(FLUSHED_WITHIN_MS) });
    await until('one is acknowledged', () => client.pending < EVENTS);

    await first.kill9();
    const left = client.pending;
    await house.again(first);
    await flushed;
    await Promise.all(given);
    await client.close();
    await house.drained();

    expect(left).toBeGreaterThan(0); // it was in the middle
    expect(await storedIds()).toEqual(expectedIds());
    expect(dropped).toEqual([]);
  });

  it('is told by close what did not arrive, and can give it again', async () => {
    const first = await house.start();
    const client = await clientFor(first);
    await first.kill9();
    await Promise.all(give(client, 0));
    const closed = client.close({ timeoutMs: 300 });
    await expect(closed).rejects.toMatchObject({
      code: 'undelivered',
      errors: [{}, {}, {}, {}],
    });

    const again = await house.again(first);
    await again.ready();
    const next = await clientFor(again);
    const debit = dropped.find(({ event }) => event !== undefined && 'event' in event);
    await next.emitRaw(debit?.event as { event: string });
    await next.close();
    await house.drained();

    expect(debit?.cause).toMatchObject({ code: expect.stringMatching(/^ECONN/) });
    expect(await storedIds()).toEqual(['c-0']);
  });
});

describe('a process that forgets to close', () => {
  let project: ClientProject;

  beforeAll(async () => {
    project = await ClientProject.create();
  });
  afterAll(() => project.dispose());

  const run = async (
    endpoint: string,
    settings: NodeJS.ProcessEnv = {},
  ): Promise<{ code: number | null; stderr: string }> => {
    await project.write(
      'forgets.js',
      `import { FootfallClient } from '@footfall/client/server';
       const client = new FootfallClient({ endpoint: '${endpoint}', closeTimeoutMs: 3000 });
       await client.emitRaw({ event: 'a' });`,
    );
    const child = spawn(process.execPath, ['forgets.js'], {
      cwd: project.folder,
      env: { PATH: process.env['PATH'], ...settings },
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, stderr };
  };

  it('delivers what it gave, and ends', async () => {
    const bodies: string[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => (body += text));
      // Not at the first try: the process has nothing else to do until the second.
      request.on('end', () => response.writeHead(bodies.push(body) > 1 ? 200 : 503).end());
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };

    const { code, stderr } = await run(`http://127.0.0.1:${port}`);
    server.close();
    server.closeAllConnections();

    expect(code).toBe(0);
    expect(stderr).not.toContain('not delivered');
    expect(bodies).toHaveLength(2);
    expect(bodies[1]).toBe(bodies[0]);
  });

  it('ends although nobody is there, and says what is lost', async () => {
    const { code, stderr } = await run(`http://127.0.0.1:${await freePort()}`);

    expect(code).toBe(0);
    expect(stderr).toContain('Events are not taken, and tried again: connect ECONNREFUSED');
    expect(stderr).toContain('An event was not delivered (undelivered): a was not acknowledged');
  });

  describeWith(hasProgram('openssl'), 'openssl is not installed')('over TLS', () => {
    it('trusts nobody unknown', async () => {
      const { directory, certificate, key } = await selfSigned();
      const bodies: string[] = [];
      const files = { cert: await readFile(certificate), key: await readFile(key) };
      const server = createTlsServer(files, (request, response) => {
        request.setEncoding('utf8').on('data', (text: string) => bodies.push(text));
        request.on('end', () => response.writeHead(200).end());
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as { port: number };

      const unknown = await run(`https://localhost:${port}`);
      const sentToUnknown = bodies.length;
      const known = await run(`https://localhost:${port}`, { NODE_EXTRA_CA_CERTS: certificate });
      server.close();
      server.closeAllConnections();
      await rm(directory, { recursive: true });

      expect(unknown.stderr).toContain('certificate');
      expect([sentToUnknown, bodies.length]).toEqual([0, 1]);
      expect(known.stderr).toBe('');
    });
  });
});
