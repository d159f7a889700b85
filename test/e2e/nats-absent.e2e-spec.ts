import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { aCommerceMessage, manyMessages, published } from '../support/commerce-message.js';
import { figure } from '../support/faults.js';
import { TestFootfall } from '../support/footfall.js';
import { NatsServerProcess, STREAM } from '../support/nats.js';
import { describeWith, hasProgram } from '../support/needs.js';
import { FootfallProcess } from '../support/process.js';
import { selfSigned } from '../support/self-signed.js';
import { until } from '../support/until.js';

jest.setTimeout(120_000);

const suite = describeWith(
  hasProgram('nats-server') && hasProgram('openssl'),
  'nats-server or openssl is not installed',
);

suite('a NATS that is not as it should be', () => {
  let servers: NatsServerProcess[];
  let running: TestFootfall[];

  beforeEach(() => {
    servers = [];
    running = [];
  });
  afterEach(async () => {
    for (const server of servers) server.goOn();
    for (const footfall of running) await footfall.stop();
    for (const server of servers) await server.dispose();
  });

  const up = async (options?: Parameters<typeof NatsServerProcess.start>[0]) => {
    const server = await NatsServerProcess.start(options);
    servers.push(server);
    return server;
  };
  const absent = async () => {
    const server = await NatsServerProcess.absent();
    servers.push(server);
    return server;
  };
  const start = async (url: string, settings: NodeJS.ProcessEnv = {}) => {
    const footfall = await (await TestFootfall.start({ NATS_URL: url, ...settings })).ready();
    running.push(footfall);
    return footfall;
  };
  const ailment = async (footfall: TestFootfall): Promise<unknown> => {
    const { body } = await footfall.get('/readyz').expect(200);
    return (body as { details: { nats: { reason?: string } } }).details.nats.reason ?? null;
  };
  const ails = (footfall: TestFootfall, reason: string | null) =>
    until(`NATS ails by ${reason}`, async () => (await ailment(footfall)) === reason);
  /** Their ids, in the order in which they happened to be stored, once there are so many. */
  const stored = async (footfall: TestFootfall, count: number): Promise<unknown[]> => {
    const rows = () => footfall.query('SELECT event_id FROM commerce_events ORDER BY created_at');
    await until(`${count} are stored`, async () => (await rows()).length >= count);
    return (await rows()).map(({ event_id: id }) => id);
  };
  const one = (id: string) => published(aCommerceMessage({ id }));

  it('delays neither the start nor a sender, and is consumed once it appears', async () => {
    const nats = await absent();

    const footfall = await start(nats.url);
    const before = await ailment(footfall);
    await footfall.post('/events/commerce', aCommerceMessage({ id: 'posted' })).expect(200);
    await nats.restart();
    await nats.isConsumed();
    await nats.store([one('published')]);

    expect(await stored(footfall, 2)).toEqual(['posted', 'published']);
    await ails(footfall, null);
    expect(before).toBe('NATS does not answer');
    expect(footfall.logged('NATS_AWAY')).toHaveLength(1);
  });

  it('is left as it is where the stream was made by somebody else', async () => {
    const nats = await up();
    const config = {
      name: STREAM,
      description: 'of the operator',
      subjects: ['shop.>', 'commerce.order.*'],
      storage: 'memory' as const,
      max_msgs: 5000,
    };
    const made = await nats.manage((manager) => manager.streams.add(config));
    await nats.store([['shop.opened', '{}'], one('earlier')]);

    const footfall = await start(nats.url);
    await nats.isConsumed();
    await nats.store([one('later')]);
    expect(await stored(footfall, 2)).toEqual(['earlier', 'later']);

    const now = await nats.manage((manager) => manager.streams.info(STREAM));
    expect(now.config).toEqual(made.config);
    expect(await footfall.query('SELECT 1 FROM rejected_events')).toEqual([]);
  });

  it('is named where the stream takes other subjects, and consumed once it takes ours', async () => {
    const nats = await up();
    const elsewhere = { name: STREAM, subjects: ['other.>'] };
    await nats.manage((manager) => manager.streams.add(elsewhere));

    const footfall = await start(nats.url);
    await ails(footfall, 'the stream COMMERCE cannot be consumed');
    await footfall.post('/events/commerce', aCommerceMessage({ id: 'posted' })).expect(200);
    const { config } = await nats.manage((manager) => manager.streams.info(STREAM));
    await nats.manage((manager) => manager.streams.update(STREAM, { subjects: ['commerce.>'] }));
    await nats.isConsumed();
    await nats.store([one('published')]);

    expect(await stored(footfall, 2)).toEqual(['posted', 'published']);
    expect(config.subjects).toEqual(['other.>']);
  });

  it('is named where another stream has our subjects, and consumed once it gives them up', async () => {
    const nats = await up();
    const squatter = { name: 'SQUATTER', subjects: ['commerce.order.>'] };
    await nats.manage((manager) => manager.streams.add(squatter));

    const footfall = await start(nats.url);
    await ails(footfall, 'the stream COMMERCE cannot be consumed');
    await nats.manage((manager) => manager.streams.delete('SQUATTER'));
    await nats.isConsumed();
    await nats.store([one('published')]);

    expect(await stored(footfall, 1)).toEqual(['published']);
  });

  it('is not consumed by a consumer that forgets what it delivered', async () => {
    const nats = await up();
    await nats.manage(async (manager) => {
      await manager.streams.add({ name: STREAM, subjects: ['commerce.>'] });
      await manager.consumers.add(STREAM, { durable_name: 'careless', ack_policy: 'none' });
    });

    const footfall = await start(nats.url, { NATS_CONSUMER: 'careless' });
    await nats.store([one('published')]);
    await ails(footfall, 'the stream COMMERCE cannot be consumed');

    expect((await nats.consumer('careless')).delivered.stream_seq).toBe(0);
  });

  it('is consumed again where its stream was deleted, and made anew by us or by others', async () => {
    const nats = await up();
    const footfall = await start(nats.url);
    await nats.isConsumed();
    await nats.store([one('first')]);
    expect(await stored(footfall, 1)).toEqual(['first']);

    await nats.manage((manager) => manager.streams.delete(STREAM));
    await nats.isConsumed();
    await nats.store([one('second')]);
    expect(await stored(footfall, 2)).toEqual(['first', 'second']);
    await nats.manage(async (manager) => {
      await manager.streams.delete(STREAM);
      await manager.streams.add({ name: STREAM, subjects: ['commerce.>'] });
    });
    await nats.store([one('third')]);

    expect(await stored(footfall, 3)).toEqual(['first', 'second', 'third']);
  });

  it('is consumed again when it comes back with all or nothing of what it stored', async () => {
    const nats = await up();
    const footfall = await start(nats.url);
    await nats.isConsumed();
    await nats.store([one('first')]);
    expect(await stored(footfall, 1)).toEqual(['first']);

    await nats.kill9();
    await ails(footfall, 'NATS does not answer');
    await nats.restart();
    await nats.store([one('second')]);
    expect(await stored(footfall, 2)).toEqual(['first', 'second']);
    await nats.kill9();
    await nats.forget();
    await nats.restart();
    await nats.isConsumed();
    await nats.store([one('third')]);

    expect(await stored(footfall, 3)).toEqual(['first', 'second', 'third']);
    expect(await footfall.figure('nats_connected')).toBe(1);
  });

  it('is noticed where it hangs, and consumed when it goes on', async () => {
    const nats = await up();
    const footfall = await start(nats.url);
    await nats.isConsumed();
    await ails(footfall, null);

    nats.hang();
    await ails(footfall, 'NATS does not answer');
    nats.goOn();
    await nats.store([one('published')]);

    expect(await stored(footfall, 1)).toEqual(['published']);
  });

  it('holds nobody up who stops while it hangs', async () => {
    const nats = await up();
    const footfall = await start(nats.url);
    await nats.isConsumed();
    await ails(footfall, null);
    nats.hang();

    const since = performance.now();
    await footfall.footfall.stop();

    expect(performance.now() - since).toBeLessThan(3000);
  });

  it('is entered by user and password, and neither they nor its address are told', async () => {
    const args = ['--user', 'ada', '--pass', 'p@ss,word'];
    const nats = await up({ args, entry: { user: 'ada', pass: 'p@ss,word' } });

    const shut = await start(`nats://ada:hunter2@${nats.address}`);
    const admitted = await start(`nats://ada:p%40ss%2Cword@${nats.address}`);
    await nats.isConsumed();
    await nats.store([one('published')]);

    expect(await stored(admitted, 1)).toEqual(['published']);
    expect(await ailment(shut)).toBe('NATS does not answer');
    const said = [...shut.lines, ...admitted.lines].join('');
    expect(shut.logged('NATS_AWAY')).toHaveLength(1);
    expect(said).not.toMatch(/hunter2|p@ss|p%40ss/);
    expect(said).not.toContain(nats.address);
  });

  it('is entered by a token, at whichever of its servers answers', async () => {
    const nats = await up({ args: ['--auth', 's3cret'], entry: { token: 's3cret' } });
    const nobody = await absent();

    const footfall = await start(`${nobody.url},nats://s3cret@${nats.address}`);
    await nats.isConsumed();
    await nats.store([one('published')]);

    expect(await stored(footfall, 1)).toEqual(['published']);
    expect(footfall.lines.join('')).not.toContain('s3cret');
  });

  it('is not talked to in clear where TLS is asked for', async () => {
    const nats = await up();

    const footfall = await start(`tls://s3cret@${nats.address}`);
    await until('it was tried', () => footfall.logged('NATS_AWAY').length > 0);

    expect(footfall.logged('NATS_AWAY')[0]?.['reason']).toBe("server does not support 'tls'");
    expect(await ailment(footfall)).toBe('NATS does not answer');
  });

  it('is entered by TLS where its certificate is trusted', async () => {
    const { directory, certificate, key } = await selfSigned();
    const args = ['--tls', '--tlscert', certificate, '--tlskey', key];
    const nats = await up({ args, entry: { tls: { caFile: certificate } } });
    const url = `tls://localhost:${nats.port}`;

    const wary = await start(url);
    const { DATABASE_URL } = wary.config;
    const trusting = await FootfallProcess.start({
      settings: { NATS_URL: url, DATABASE_URL, NODE_EXTRA_CA_CERTS: certificate },
    });
    const connected = () => figure(trusting, 'nats_connected');
    await until('it is consumed', async () => (await connected()) === 1);
    await trusting.dispose();
    await rm(directory, { recursive: true });

    expect(wary.logged('NATS_AWAY')[0]?.['reason']).toMatch(/SELF_SIGNED/);
  });

  it('is shared by processes: each message is stored once', async () => {
    const nats = await up();
    const first = await start(nats.url);
    await start(nats.url, { DATABASE_URL: first.config.DATABASE_URL });
    await nats.isConsumed();
    const { ids: sent, messages } = manyMessages(2000);

    await nats.store(messages);
    await nats.isEmptied();

    expect(new Set(await stored(first, 2000))).toEqual(new Set(sent));
    const kept = await Promise.all(
      running.map((footfall) => footfall.figure('nats_messages_total', '{outcome="kept"}')),
    );
    expect(kept.every((messagesOfOne) => messagesOfOne > 0)).toBe(true);
    expect(kept.reduce((sum, messagesOfOne) => sum + messagesOfOne, 0)).toBe(2000);
  });
});
