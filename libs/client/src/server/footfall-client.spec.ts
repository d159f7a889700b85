import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { FootfallClient, type FootfallClientOptions, FootfallError } from './index.js';

interface Request {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

interface Reply {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

type Script = (request: Request, number: number) => Reply | 'hang' | 'break' | Promise<Reply>;

const KEPT: Reply = { status: 200 };
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const ORDER = { id: 'ord_1', orgId: 'acme', total: 59.97, currency: 'USD' };

const verdicts = ({ body }: Request, verdict: string = 'accepted'): Reply => ({
  status: 200,
  body: JSON.stringify({
    results: (body as unknown[]).map((_, at) => ({ eventId: `id-${at}`, verdict })),
  }),
});

const kept = (request: Request): Reply => (Array.isArray(request.body) ? verdicts(request) : KEPT);

/** Answers as its script says; what Footfall itself answers is asked end to end. */
class Scripted {
  readonly requests: Request[] = [];
  connections = 0;
  mostAtOnce = 0;
  private atOnce = 0;
  private readonly server: Server;

  constructor(private readonly script: Script) {
    this.server = createServer((request, response) => {
      this.mostAtOnce = Math.max(this.mostAtOnce, ++this.atOnce);
      response.on('finish', () => this.atOnce--);
      let text = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      request.on('end', () => {
        const { url: path = '', headers } = request;
        const told: Request = { path, headers, body: JSON.parse(text) };
        const number = this.requests.push(told);
        void this.answer(response, told, number);
      });
    });
    this.server.on('connection', () => this.connections++);
  }

  private async answer(response: ServerResponse, told: Request, number: number): Promise<void> {
    const reply = await this.script(told, number);
    if (reply === 'hang') return;
    if (reply === 'break') {
      response.writeHead(200, { 'content-length': '10' }).write('half', () => response.destroy());
      return;
    }
    response.writeHead(reply.status, reply.headers);
    response.end(reply.body);
  }

  async listen(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

describe('the client of servers', () => {
  const servers: Scripted[] = [];
  const clients: FootfallClient[] = [];
  const dropped: FootfallError[] = [];
  const retried: [string, number][] = [];

  afterEach(async () => {
    await Promise.allSettled(clients.splice(0).map((client) => client.close({ timeoutMs: 0 })));
    for (const server of servers.splice(0)) server.stop();
    dropped.splice(0);
    retried.splice(0);
  });

  const start = async (
    script: Script = kept,
    options: FootfallClientOptions = {},
  ): Promise<{ client: FootfallClient; server: Scripted }> => {
    const server = new Scripted(script);
    servers.push(server);
    const endpoint = await server.listen();
    const onDropped = (error: FootfallError): void => void dropped.push(error);
    const onRetry = (trouble: unknown, events: number): void =>
      void retried.push([String(trouble), events]);
    const client = new FootfallClient({ endpoint, onDropped, onRetry, ...options });
    clients.push(client);
    return { client, server };
  };

  const view = (eventId: string) => ({
    eventId,
    eventName: 'checkout_page_view' as const,
    sessionId: 's',
    offerId: 'o',
    executionEnvironment: 'production' as const,
    fullHostname: 'a.b',
    rootDomain: 'b',
  });

  it('gives each event an id and a time at the call', async () => {
    const { client, server } = await start();
    const before = Date.now();

    await client.emitOrderCompleted(ORDER);
    await client.flush();

    const [sent] = server.requests.map(({ body }) => body as Record<string, string>);
    const { event_id: id, timestamp } = sent ?? {};
    expect(id).toMatch(UUID_V7);
    expect(Date.parse(timestamp ?? '')).toBeGreaterThanOrEqual(before);
    expect(Date.parse(timestamp ?? '')).toBeLessThanOrEqual(Date.now());
  });

  it('takes the id and the time that are told', async () => {
    const { client, server } = await start();
    const timestamp = new Date('2026-01-15T12:00:00Z');

    await client.emitOrderCompleted(ORDER, { eventId: 'job-1', timestamp });
    await client.emitRaw({
      event: 'a',
      event_id: 'mine',
      timestamp: '2026-01-01T00:00:00.5+01:00',
    });
    await client.flush();

    expect(server.requests.flatMap(({ body }) => body)).toMatchObject([
      { event_id: 'job-1', timestamp: '2026-01-15T12:00:00.000Z' },
      { event_id: 'mine', timestamp: '2026-01-01T00:00:00.5+01:00' },
    ]);
  });

  it('sends one commerce event as the Go client does, and several together', async () => {
    const { client, server } = await start();

    await client.emitOrderCompleted(ORDER);
    await client.flush();
    await client.emitOrderCompleted(ORDER);
    await client.emitOrderCompleted(ORDER);
    await client.flush();

    expect(server.requests.map(({ path }) => path)).toEqual(['/event', '/events/batch']);
  });

  it('sends the very same again until it is kept', async () => {
    const { client, server } = await start((_request, number) =>
      number === 1 ? { status: 503 } : KEPT,
    );

    await client.emitOrderCompleted(ORDER);
    await client.flush();

    expect(server.requests).toHaveLength(2);
    expect(server.requests[1]?.body).toEqual(server.requests[0]?.body);
    expect(retried).toEqual([['Error: Footfall answered 503', 1]]);
    expect(dropped).toEqual([]);
  });

  it('sends again what got no answer in time', async () => {
    const { client, server } = await start((_request, number) => (number === 1 ? 'hang' : KEPT), {
      timeoutMs: 400,
    });

    await client.emitOrderCompleted(ORDER, { until: 'kept' });

    expect(server.requests).toHaveLength(2);
    expect(retried).toEqual([['Error: No answer within 400 ms', 1]]);
  });

  it('sends again what lost its connection within the answer', async () => {
    const { client, server } = await start((_request, number) => (number === 1 ? 'break' : KEPT));

    await client.emitOrderCompleted(ORDER, { until: 'kept' });

    expect(server.requests).toHaveLength(2);
    expect(retried).toHaveLength(1);
  });

  it('waits as long as it is asked to', async () => {
    const times: number[] = [];
    const { client } = await start((_request, number) => {
      times.push(performance.now());
      return number === 1 ? { status: 429, headers: { 'retry-after': '2' } } : KEPT;
    });

    await client.emitOrderCompleted(ORDER, { until: 'kept' });

    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(1990);
  });

  it('sends what is refused once, and tells the call that waits for it', async () => {
    const breaches = [{ field: 'revenue', reason: 'must be a decimal number' }];
    const { client, server } = await start(() => ({
      status: 400,
      body: JSON.stringify({ breaches }),
    }));

    const given = client.emitOrderCompleted(ORDER, { until: 'kept' });

    const refusal = {
      code: 'refused',
      status: 400,
      breaches,
      event: { event: 'order_completed', order_id: 'ord_1' },
    };
    await expect(given).rejects.toBeInstanceOf(FootfallError);
    await expect(given).rejects.toMatchObject(refusal);
    await expect(client.flush()).resolves.toBeUndefined();
    expect(dropped).toMatchObject([refusal]);
    expect(server.requests).toHaveLength(1);
  });

  it('tells a refusal that nobody waited for with the next flush, and once', async () => {
    const { client } = await start(() => ({ status: 404 }));
    await client.emitOrderCompleted(ORDER);

    const [first, beside] = [client.flush(), client.flush()];
    const refusals = { code: 'refused', status: 404, errors: [{ event: { order_id: 'ord_1' } }] };
    await expect(first).rejects.toMatchObject(refusals);
    await expect(beside).rejects.toMatchObject(refusals);

    await expect(client.flush()).resolves.toBeUndefined();
  });

  it('does not follow where it is sent elsewhere', async () => {
    const { client } = await start(({ path }) =>
      path === '/event' ? { status: 301, headers: { location: '/elsewhere' } } : KEPT,
    );

    await expect(client.emitOrderCompleted(ORDER, { until: 'kept' })).rejects.toMatchObject({
      code: 'refused',
      status: 301,
    });
  });

  it('fills batches, and sends again only what failed', async () => {
    const { client, server } = await start((request, number) =>
      number === 1
        ? {
            status: 200,
            body: '{"results":[{"eventId":"a","verdict":"accepted"},{"eventId":"b","verdict":"failed"}]}',
          }
        : verdicts(request),
    );

    await Promise.all([client.emitCheckoutEvent(view('a')), client.emitCheckoutEvent(view('b'))]);
    await client.flush();

    expect(server.requests.map(({ path }) => path)).toEqual(
      Array(2).fill('/events/checkout/batch'),
    );
    expect(server.requests.map(({ body }) => body)).toMatchObject([
      [{ eventId: 'a' }, { eventId: 'b' }],
      [{ eventId: 'b' }],
    ]);
  });

  it('sends a batch at once when it is full', async () => {
    const { client, server } = await start((request) => verdicts(request), {
      batchSize: 2,
      lingerMs: 60_000,
    });
    await Promise.all(
      ['a', 'b'].map((id) => client.emitCheckoutEvent(view(id), { until: 'kept' })),
    );

    expect(server.requests).toHaveLength(1);
  });

  it('halves a batch that is too large for its door', async () => {
    const { client, server } = await start((request) =>
      (request.body as unknown[]).length > 2 ? { status: 413 } : verdicts(request),
    );

    const results = await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map((id) =>
        client.trackEvent({ eventType: id }, undefined, { until: 'kept' }),
      ),
    );

    expect(results.every(({ tracked }) => tracked)).toBe(true);
    const sizes = server.requests.map(({ body }) => (body as unknown[]).length);
    expect(sizes).toEqual([5, 3, 2, 1, 2]);
  });

  it('keeps a batch under what Footfall takes', async () => {
    const { client, server } = await start((request) => verdicts(request));
    const email = 'x'.repeat(300_000);

    await Promise.all(
      ['a', 'b', 'c', 'd'].map((id) => client.emitCheckoutEvent({ ...view(id), email })),
    );
    await client.flush();

    const sizes = server.requests.map(({ headers }) => Number(headers['content-length']));
    expect(sizes).toHaveLength(2);
    expect(Math.max(...sizes)).toBeLessThan(1024 * 1024);
  });

  it('has so many requests under way at most, over connections that stay', async () => {
    let open = (): void => undefined;
    const three = new Promise<void>((resolve) => (open = resolve));
    const script: Script = async (_request, number) => {
      if (number === 3) open();
      await three;
      return KEPT;
    };
    const { client, server } = await start(script, { maxRequests: 3, batchSize: 1 });

    await Promise.all(Array.from({ length: 60 }, () => client.emitOrderCompleted(ORDER)));
    await client.flush();

    expect(server.requests).toHaveLength(60);
    expect(server.mostAtOnce).toBe(3);
    expect(server.connections).toBe(3);
  });

  it('holds so many events at most: who comes later waits for room', async () => {
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const { client } = await start((request) => gate.then(() => kept(request)), { maxQueued: 2 });
    await client.emitRaw({ event: 'a' });
    await client.emitRaw({ event: 'b' });
    const third = jest.fn();
    const waiting = client.emitRaw({ event: 'c' }).then(third);
    await new Promise((resolve) => setImmediate(resolve));
    const before = third.mock.calls.length;

    open();
    await waiting;
    await client.flush();

    expect(before).toBe(0);
    expect(dropped).toEqual([]);
  });

  it('does not wait for room for ever', async () => {
    const { client } = await start(() => 'hang', { maxQueued: 1, maxWaitMs: 10 });
    await client.emitRaw({ event: 'a' });

    await expect(client.emitRaw({ event: 'b' })).rejects.toMatchObject({ code: 'queue_full' });

    expect(dropped).toMatchObject([{ code: 'queue_full', event: { event: 'b' } }]);
  });

  it('ends a wait by its signal: before the queue the event is not sent, in it it is', async () => {
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const { client, server } = await start(() => gate.then(() => KEPT), { maxQueued: 1 });
    const signal = AbortSignal.timeout(20);

    const queued = client.emitRaw({ event: 'queued' }, { signal, until: 'kept' });
    const outside = client.emitRaw({ event: 'outside' }, { signal });
    const flush = client.flush({ signal });
    const endings = await Promise.allSettled([queued, outside, flush]);
    const late = await Promise.allSettled([client.emitRaw({ event: 'late' }, { signal })]);
    open();
    await client.flush();

    for (const ending of [...endings, ...late]) {
      expect(ending).toMatchObject({ status: 'rejected', reason: { code: 'aborted' } });
    }
    expect(server.requests.map(({ body }) => body)).toMatchObject([{ event: 'queued' }]);
  });

  it('says what it could not deliver when its time to close is up', async () => {
    const { client } = await start(() => ({ status: 503 }), { maxQueued: 2 });
    await client.emitRaw({ event: 'a' });
    await client.emitRaw({ event: 'b' });
    const outside = client.emitRaw({ event: 'c' });

    const closing = client.close({ timeoutMs: 50 });

    await expect(closing).rejects.toMatchObject({
      code: 'undelivered',
      errors: [
        { event: { event: 'a' }, cause: { message: 'Footfall answered 503' } },
        { event: { event: 'b' } },
        { event: { event: 'c' } },
      ],
    });
    await expect(outside).rejects.toMatchObject({ code: 'undelivered' });
    expect(dropped).toHaveLength(3);
    expect(client.pending).toBe(0);
  });

  it('gives up at once where the signal of close says so', async () => {
    const { client } = await start(() => 'hang');
    await client.emitRaw({ event: 'a' });

    await expect(client.close({ signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'undelivered',
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(retried).toEqual([]); // nor is it said that it will be
  });

  it('closes once everything is kept, those that still wait for room among it', async () => {
    const { client, server } = await start(() => KEPT, { maxQueued: 1 });
    const given = Array.from({ length: 5 }, (_, at) => client.emitRaw({ event: `event_${at}` }));

    await client.close();

    await expect(Promise.all(given)).resolves.toHaveLength(5);
    expect(server.requests).toHaveLength(5);
  });

  it('takes nothing after it was closed, and says so', async () => {
    const { client } = await start();
    await client.close();

    await expect(client.emitOrderCompleted(ORDER)).rejects.toMatchObject({ code: 'closed' });
    await expect(client.trackEvent({ eventType: 'asset_viewed' })).resolves.toMatchObject({
      tracked: false,
      error: { code: 'closed' },
    });
    await expect(client.close()).resolves.toBeUndefined();
  });

  it('does not wait out its long pauses to close', async () => {
    let isBack = false;
    const { client, server } = await start(() => (isBack ? KEPT : { status: 500 }));
    await client.emitRaw({ event: 'a' });
    while (server.requests.length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    isBack = true;

    await client.close({ timeoutMs: 1500 }); // the pause under way is two seconds and more

    expect(dropped).toEqual([]);
  });

  it('refuses what cannot be sent before it is queued', async () => {
    const { client, server } = await start();

    await expect(client.emitOrderCompleted({ ...ORDER, total: NaN })).rejects.toMatchObject({
      code: 'invalid',
      message: 'order_completed: revenue is NaN, which is no number that can be sent',
    });
    await expect(
      client.emitOrderCompleted({
        ...ORDER,
        items: [{ productId: 'p', quantity: 1, price: Infinity }],
      }),
    ).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('price') });
    await expect(client.emitOrderCompleted(undefined as never)).rejects.toMatchObject({
      code: 'invalid',
    });
    await client.flush();
    expect(server.requests).toEqual([]);
  });

  it('sends what was given, whatever becomes of the object later', async () => {
    const { client, server } = await start();
    const event = { event: 'a', properties: { plan: 'pro' } };

    const given = client.emitRaw(event);
    event.properties.plan = 'changed';
    await given;
    await client.flush();

    expect(server.requests[0]?.body).toMatchObject({ properties: { plan: 'pro' } });
  });

  it('survives a listener that throws', async () => {
    const { client } = await start(() => ({ status: 400 }), {
      onDropped: () => {
        throw new Error('mine');
      },
    });

    await client.emitRaw({ event: 'a' });

    await expect(client.flush()).rejects.toMatchObject({ code: 'refused' });
  });

  it('does nothing, silently, without an endpoint', async () => {
    const client = new FootfallClient({ endpoint: '', onDropped: (error) => dropped.push(error) });

    await client.emitOrderCompleted(ORDER, { until: 'kept' });
    await client.emitCheckoutEvent(view('a'));
    const tracked = await client.trackEvent({ eventType: 'asset_viewed' });
    await client.flush();
    await client.close();
    await client.emitOrderCompleted(ORDER);

    expect(tracked).toEqual({ tracked: false, eventId: null });
    expect([client.pending, dropped]).toEqual([0, []]);
  });

  it.each([
    [{ endpoint: 'footfall' }],
    [{ endpoint: 'http://a', maxQueued: 0 }],
    [{ endpoint: 'http://a', timeoutMs: NaN }],
    [{ endpoint: 'http://a', batchSize: 1.5 }],
  ])('is not made of %p', (options) => {
    expect(() => new FootfallClient(options)).toThrow(FootfallError);
  });
});
