import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { ANONYMOUS } from '../access/caller.js';
import { TrustedNetworks } from '../access/trusted-networks.js';
import { NotAllowedError } from '../errors/contract-breach.error.js';
import { Metrics } from '../metrics/metrics.js';
import { BatchDoorway } from './batch-doorway.js';
import { ClientAddress } from './client-address.js';
import { DoorMetrics } from './door.metrics.js';
import type { Behind, Doorway } from './doorway.js';
import type { EndpointOptions } from './endpoint-options.js';
import { KEPT } from './outcome.js';
import { Receipts } from './receipts.js';
import { SingleDoorway } from './single-doorway.js';

const anOptions = (
  overrides: Partial<EndpointOptions<unknown>> = {},
): EndpointOptions<unknown> => ({
  name: 'note',
  paths: ['notes'],
  batch: { path: 'notes/batch', most: () => 10 },
  contract: Object,
  summary: 'Note something',
  bodyLimit: 1_000,
  caller: 'none',
  cors: false,
  traits: () => ({ name: 'note' }),
  answers: { kept: { status: 204 }, lost: { status: 202 } },
  ...overrides,
});

let server: Server | undefined;
let figures: DoorMetrics;
let logged: jest.SpiedFunction<Logger['error']>;

beforeEach(() => {
  figures = new DoorMetrics(new Metrics());
  logged = jest.spyOn(Logger.prototype, 'error').mockReturnValue();
});
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  jest.restoreAllMocks();
});

function behind(overrides: Partial<Behind> = {}): Behind {
  return {
    options: anOptions(),
    check: () => ({ breaches: [], unknownFields: 0, isAsSent: true }),
    handler: () => Promise.resolve(KEPT),
    controller: { refused: () => undefined },
    figures: figures.of('note'),
    receipts: new Receipts(new ClientAddress()),
    authenticator: { identify: () => ANONYMOUS },
    networks: new TrustedNetworks({ host: '', trustProxy: '' }),
    limiter: { take: () => Promise.resolve(0) },
    ...overrides,
  };
}

async function post(doorway: Doorway, body: string): Promise<Response> {
  server = createServer((request, response) => doorway.enter(request, response, false));
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const headers = { 'content-type': 'application/json' };
  return fetch(`http://127.0.0.1:${port}`, { method: 'POST', headers, body });
}

async function counts(): Promise<Record<string, number>> {
  const { received, invalid, suppressed, appended, lost } = figures;
  const entries = Object.entries({ received, invalid, suppressed, appended, lost });
  const sums = entries.map(async ([name, counter]) => {
    const { values } = await counter.get();
    return [name, values.reduce((sum, { value }) => sum + value, 0)] as const;
  });
  return Object.fromEntries(await Promise.all(sums));
}

const nothing = { received: 0, invalid: 0, suppressed: 0, appended: 0, lost: 0 };
const fails = (): never => {
  throw new TypeError('a fault of ours');
};
const failing: [string, Partial<Behind>][] = [
  ['the check throws', { check: fails }],
  ['the handler throws before it promises', { handler: fails }],
  ['the handler rejects', { handler: () => Promise.reject(new Error('a fault of ours')) }],
  ['the handler answers nothing', { handler: () => Promise.resolve(undefined as never) }],
  ['traits throw', { options: anOptions({ traits: fails }) }],
];

describe('a fault of ours', () => {
  it.each([
    ...failing,
    ['the rate limit throws', { options: anOptions({ rateLimit: fails }) }] as const,
  ])('is answered as the declaration says, and counted once: %s', async (_what, overrides) => {
    const answer = await post(new SingleDoorway(behind(overrides)), '{}');

    expect(answer.status).toBe(202);
    expect(await counts()).toEqual({ ...nothing, received: 1, lost: 1 });
    expect(logged).toHaveBeenCalledTimes(1);
  });

  it.each(failing)('fails an event of a batch: %s', async (_what, overrides) => {
    const answer = await post(new BatchDoorway(behind(overrides), anOptions().batch!), '[{},{}]');

    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      results: Array(2).fill({ eventId: null, verdict: 'failed' }),
    });
    expect(await counts()).toEqual({ ...nothing, received: 2, lost: 2 });
  });

  it('answers a batch like an event that is lost where events cannot be told apart', async () => {
    const options = anOptions({ rateLimit: fails });

    const answer = await post(new BatchDoorway(behind({ options }), options.batch!), '[{}]');

    expect(answer.status).toBe(202);
    expect(await answer.json()).toEqual({ results: [] });
  });

  it('is answered although the declared body fails', async () => {
    const options = anOptions({
      answers: { kept: { status: 200, body: fails }, lost: { status: 202, body: fails } },
    });

    const answer = await post(new SingleDoorway(behind({ options })), '{}');

    expect(answer.status).toBe(202);
    expect(await counts()).toEqual({ ...nothing, received: 1, appended: 1 });
  });

  it('never names what was sent in a log line', async () => {
    await post(new SingleDoorway(behind({ handler: fails })), '{"email":"a@b.example"}');

    const lines = JSON.stringify(logged.mock.calls);
    expect(lines).toContain('DOOR_ERROR');
    expect(lines).not.toContain('a@b.example');
  });
});

describe('those whom the door asks', () => {
  const limited = anOptions({ rateLimit: () => [{ key: 'all', most: 1, perSeconds: 1 }] });

  it.each([
    ['rejects', { take: () => Promise.reject(new Error('away')) }],
    ['throws', { take: fails }],
  ])('stop no event when the limiter %s', async (_what, limiter) => {
    const answer = await post(new SingleDoorway(behind({ options: limited, limiter })), '{}');

    expect(answer.status).toBe(204);
  });

  it('may take their time to say who is calling', async () => {
    const authenticator = { identify: () => Promise.resolve(ANONYMOUS) };
    const options = anOptions({ caller: 'optional' });

    const answer = await post(new SingleDoorway(behind({ options, authenticator })), '{}');

    expect(answer.status).toBe(204);
  });

  it('turn nobody away by failing: the sender is asked to come again', async () => {
    const options = anOptions({ caller: 'required' });

    const answer = await post(
      new SingleDoorway(behind({ options, authenticator: { identify: fails } })),
      '{}',
    );

    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(await counts()).toEqual({ ...nothing, received: 1, suppressed: 1 });
  });
});

describe('what a caller may not say', () => {
  const breaches = [{ field: 'text', reason: 'needs a key' }];
  const refused = jest.fn<Behind['controller']['refused']>();
  const handler = () => Promise.reject(new NotAllowedError(breaches));

  beforeEach(() => void refused.mockReset());

  it('is 401, with a challenge and the fields', async () => {
    const answer = await post(
      new SingleDoorway(behind({ handler, controller: { refused } })),
      '{}',
    );

    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(await answer.json()).toEqual({ breaches });
    expect(refused).toHaveBeenCalledWith(expect.objectContaining({ reason: 'unauthorized' }));
    expect(await counts()).toEqual({ ...nothing, received: 1, invalid: 1 });
  });

  it('is rejected in a batch, and spoils no neighbour', async () => {
    const allowed = () => Promise.resolve(KEPT);
    const doors = jest.fn(allowed).mockImplementationOnce(handler);
    const way = behind({ handler: doors, controller: { refused } });

    const answer = await post(new BatchDoorway(way, way.options.batch!), '[{}, {}]');

    expect(await answer.json()).toEqual({
      results: [
        { eventId: null, verdict: 'rejected', breaches },
        { eventId: null, verdict: 'accepted' },
      ],
    });
    expect(refused).toHaveBeenCalledWith(expect.objectContaining({ reason: 'unauthorized' }));
  });
});

describe('a limit of rate', () => {
  it('may be a setting of the controller that declares the door', async () => {
    const controller = { refused: () => undefined, most: 7 };
    const take = jest.fn<Behind['limiter']['take']>().mockResolvedValue(0);
    const options = anOptions({
      rateLimit: (_event, _receipt, _caller, own) => [
        { key: 'all', most: (own as typeof controller).most, perSeconds: 60 },
      ],
    });

    await post(new SingleDoorway(behind({ options, controller, limiter: { take } })), '{}');

    expect(take).toHaveBeenCalledWith([{ key: 'all', most: 7, perSeconds: 60 }]);
  });
});

describe('names of events', () => {
  it('are bounded, should a catalogue not be closed', async () => {
    const notes = figures.of('note');
    for (let i = 0; i < 1_000; i++) notes.lost(`name ${i}`);

    const { values } = await figures.received.get();

    expect(values.length).toBeLessThanOrEqual(501);
    expect(await counts()).toMatchObject({ received: 1_000, lost: 1_000 });
  });
});
