import { connect } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { aCheckoutEvent } from '../support/checkout-event.js';
import { aCollected } from '../support/commerce-event.js';
import { TestFootfall } from '../support/footfall.js';

const JWT_SECRET = 'a secret of the tests, long enough to be one';

describe('a key that is sent, rightly or by mistake', () => {
  let footfall: TestFootfall;
  let secrets: readonly string[];
  let key: string;
  let wrong: string;
  let token: string;

  beforeAll(async () => {
    footfall = await TestFootfall.start({ JWT_SECRET, LOG_LEVEL: 'debug' });
    await footfall.ready();
    key = (await footfall.makeKey(['admin'])).key;
    wrong = `ff_${'7'.repeat(32)}_${'WrongSecret'.padEnd(32, 'w')}`;
    token = await new SignJWT({ sub: 'user-1', role: 'admin' })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('1h')
      .sign(Buffer.from(JWT_SECRET));
    secrets = [key.slice(-32), wrong.slice(-32), token.split('.')[2]!, JWT_SECRET];
  });
  afterAll(() => footfall?.stop());

  const isClean = (text: string): boolean => secrets.every((secret) => !text.includes(secret));
  async function tablesThatHold(texts: readonly string[]): Promise<string[]> {
    const tables = await footfall.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
         AND NOT relispartition`,
    );
    expect(tables.length).toBeGreaterThan(10);
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await footfall.query<{ text: string }>(
        `SELECT row_to_json(each)::text AS text FROM ${name} AS each`,
      );
      if (rows.some(({ text }) => texts.some((each) => text.includes(each)))) found.push(name);
    }
    return found;
  }
  const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
  const encoded = (text: string): string => Buffer.from(`collector:${text}`).toString('base64');

  /** As credentials of all kinds, at a route and at doors of each kind. */
  async function showEverywhere(secret: string): Promise<string[]> {
    const inHeaders = [
      { authorization: `Bearer ${secret}` },
      { authorization: basic(`collector:${secret}`) },
      { authorization: basic(secret) },
      { authorization: secret },
      { authorization: `Digest response="${secret}"` },
      { 'x-api-key': secret },
      { 'x-api-key': `${secret} ` },
      { cookie: `key=${secret}` },
    ];
    const answers: string[] = [];
    for (const headers of inHeaders) {
      answers.push((await footfall.get('/offers').set(headers)).text);
      answers.push((await footfall.post('/event', aCollected()).set(headers)).text);
      answers.push((await footfall.post('/event', '{').set(headers)).text);
      answers.push((await footfall.post('/events/analytics', {}).set(headers)).text);
      answers.push((await footfall.post('/events/checkout', aCheckoutEvent()).set(headers)).text);
    }
    return answers;
  }

  /** In an address, a body or another header, where it does not belong. */
  async function sendByMistake(secret: string): Promise<string[]> {
    const headers = { 'user-agent': secret, referer: `https://a.example/?key=${secret}` };
    const asAdmin = { authorization: `Bearer ${key}` };
    const requests = [
      footfall.get('/offers').set(headers),
      footfall.post('/event', {}).set(headers),
      footfall.get(`/offers?key=${secret}`).set(asAdmin),
      footfall.get(`/offers?limit=${secret}`).set(asAdmin),
      footfall.get(`/keys/${secret}`).set(asAdmin),
      footfall.asAdmin('delete', `/keys/${secret}`),
      footfall.asAdmin('post', `/keys/${secret}/rotate`).send({}),
      footfall.asAdmin('post', '/keys').send({ name: 'mine', scopes: ['admin'], key: secret }),
      footfall.asAdmin('post', '/keys').send({ name: 'mine', scopes: [secret] }),
      footfall.get(`/nowhere/${secret}`),
      footfall.post(`/event?key=${secret}`, aCollected()),
      footfall.post('/event', `{"key":"${secret}`),
      footfall.post('/event', { key: secret }),
      footfall.post('/events/commerce', { id: secret, data: { apiKey: `Bearer ${secret}` } }),
      footfall.post('/events/checkout', { ...aCheckoutEvent(), step: secret, apiKey: [secret] }),
      footfall.post('/events/tracking', { url: `https://a.example/?key=${secret}` }),
      footfall.post('/events/analytics', { eventType: '', props: { [secret]: secret } }),
    ];
    const answers: string[] = [];
    for (const each of requests) answers.push((await each).text);
    await footfall.post('/events/checkout/batch', [secret, { step: secret }]);
    return answers;
  }

  it('is in no line of the log, in no table and in no answer where it is shown as it should', async () => {
    const answers: string[] = [];

    for (const secret of [key, wrong, token]) answers.push(...(await showEverywhere(secret)));
    await footfall.written();

    const log = footfall.lines.join('');
    expect(footfall.lines.length).toBeGreaterThan(50);
    expect(answers.filter((answer) => !isClean(answer))).toEqual([]);
    expect(footfall.lines.filter((line) => !isClean(line))).toEqual([]);
    for (const secret of [key, wrong, token]) expect(log).not.toContain(encoded(secret));
    expect(await tablesThatHold(secrets)).toEqual([]);
  });

  it('is in no line of the log and in no answer where it was sent by mistake', async () => {
    const answers: string[] = [];

    for (const secret of [key, wrong, token]) answers.push(...(await sendByMistake(secret)));
    await footfall.written();

    expect(answers.filter((answer) => !isClean(answer))).toEqual([]);
    expect(footfall.lines.filter((line) => !isClean(line))).toEqual([]);
    expect(footfall.logged('CHECKOUT_EVENT_INVALID').length).toBeGreaterThan(0);
  });

  it('is in no line of the log where the request itself is broken', async () => {
    const socket = connect(Number(new URL(footfall.url).port), '127.0.0.1');
    socket.end(`GET /offers HTTP/1.1\r\nhost: a\r\nx-api-key: ${key}\u0000\r\n\r\n`);
    socket.resume();
    await once(socket, 'close');

    expect(footfall.lines.filter((line) => !isClean(line))).toEqual([]);
  });

  it('is not in the figures', async () => {
    const { text } = await footfall.get('/metrics');

    expect(isClean(text)).toBe(true);
  });
});
