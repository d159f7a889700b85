import { afterEach, describe, expect, it } from '@jest/globals';
import { type Caller, TrustedNetworks } from '#libs/platform';
import { type GiftApp, startGiftApp } from '../support/gift-app.js';
import { RawConnection } from '../support/raw-connection.js';

const FROM_NETWORK: Caller = { kind: 'network', id: null, scopes: ['ingest:gifts'] };
const SERVER = { host: '127.0.0.1', trustProxy: '0' };

describe('a door that trusts networks', () => {
  let app: GiftApp;
  afterEach(() => app.stop());

  const start = async (
    settings: Partial<ConstructorParameters<typeof TrustedNetworks>[0]> = {},
  ) => {
    app = await startGiftApp({
      networks: () => new TrustedNetworks({ ...SERVER, ...settings }),
      trustProxy: settings.trustProxy,
    });
  };
  const send = async (headers: Record<string, string> = {}, path = 'parcels'): Promise<Response> =>
    fetch(`http://127.0.0.1:${app.port}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: path.endsWith('batch') ? '[{"text":"socks"}]' : '{"text":"socks"}',
    });

  it('takes a local request without credentials, and says who stands behind it', async () => {
    await start();

    const answer = await send();

    expect(answer.status).toBe(200);
    expect(app.shop.handed.map(({ caller }) => caller)).toEqual([FROM_NETWORK]);
  });

  it('takes a batch of them alike', async () => {
    await start();

    const answer = await send({}, 'parcels/batch');

    expect(await answer.json()).toMatchObject({ results: [{ verdict: 'accepted' }] });
  });

  it('knows a caller by its key where it shows one', async () => {
    await start();

    await send({ authorization: 'Bearer giver' });

    expect(app.shop.handed[0]!.caller).toMatchObject({ kind: 'key', id: 'giver' });
  });

  it('refuses credentials that are wrong or do not suffice, wherever they come from', async () => {
    await start({ networks: '127.0.0.0/8' });

    const answers = [
      await send({ authorization: 'Bearer forged' }),
      await send({ authorization: 'Bearer reader' }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([401, 403]);
    expect(app.shop.handed).toEqual([]);
  });

  it('asks to come again, and refuses nothing, while a key cannot be judged', async () => {
    await start();

    const answer = await send({ authorization: 'Bearer away' });

    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
  });

  it.each([
    ['X-Forwarded-For', 'x-forwarded-for', '203.0.113.9'],
    ['X-Forwarded-For of a loopback address', 'x-forwarded-for', '127.0.0.1'],
    ['X-Forwarded-Proto', 'x-forwarded-proto', 'https'],
    ['Forwarded', 'forwarded', 'for=203.0.113.9'],
    ['Via', 'via', '1.1 proxy'],
    ['X-Real-IP', 'x-real-ip', '203.0.113.9'],
  ])('sees a proxy on this machine by %s', async (_, name, value) => {
    await start();

    const answer = await send({ [name]: value });

    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({
      breaches: [{ field: 'authorization', reason: 'is missing' }],
    });
    expect(app.shop.handed).toEqual([]);
  });

  it.each([
    ['by a name of somebody else’s', 'HTTP/1.1', 'shop.example'],
    ['in HTTP/1.0, as nginx forwards what nobody told it more about', 'HTTP/1.0', '127.0.0.1'],
  ])('refuses a local request that comes %s', async (_, version, host) => {
    await start();
    const connection = await RawConnection.open(app.port);
    const head = [`POST /parcels ${version}`, `Host: ${host}`, 'Content-Type: application/json'];

    connection.send(`${head.join('\r\n')}\r\nContent-Length: 16\r\n\r\n{"text":"socks"}`);
    const answer = await connection.answer();

    expect(answer?.status).toBe(401);
    connection.socket.destroy();
  });

  it.each([
    ['a proxy is configured', { trustProxy: '1' }],
    ['proxies are configured by their network', { trustProxy: '127.0.0.0/8' }],
    ['it listens for others too', { host: '0.0.0.0' }],
    ['only other networks are named', { host: '0.0.0.0', networks: '10.0.0.0/8' }],
  ])('asks a local request for credentials where %s', async (_, settings) => {
    await start(settings);

    expect((await send()).status).toBe(401);
  });

  it('takes what comes from a network that is named, by the address of the socket', async () => {
    await start({ host: '0.0.0.0', networks: '127.0.0.1' });

    const answer = await send({ 'x-forwarded-for': '203.0.113.9' });

    expect(answer.status).toBe(200);
  });

  it('changes nothing at the doors that do not say so', async () => {
    await start({ networks: '127.0.0.0/8' });

    expect((await send({}, 'gifts')).status).toBe(401);
    expect((await send({}, 'wishes')).status).toBe(200);
    expect(app.shop.handed[0]!.caller.kind).toBe('anonymous');
  });

  it('is published as one that may be passed without credentials', async () => {
    await start();

    const { security, responses } = app.document.paths['/parcels']!.post!;

    expect(security).toEqual([{}, { bearer: [] }]);
    expect(responses).toMatchObject({
      401: { description: expect.stringContaining('From networks that the operator trusts') },
    });
  });
});
