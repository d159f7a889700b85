import { describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { ANONYMOUS, type Caller } from '../access/caller.js';
import { ContractBreachError } from '../errors/contract-breach.error.js';
import type { Behind } from './doorway.js';
import type { EndpointOptions } from './endpoint-options.js';
import { KEPT } from './outcome.js';
import type { Receipt } from './receipt.js';
import { SecondLook } from './second-look.js';

const receipt: Receipt = {
  requestId: 'of the first arrival',
  receivedAt: 1_700_000_000_000,
  ipAddress: '203.0.113.7',
  userAgent: 'a browser',
  retryOf: { id: 'kept', attempt: 1 },
};
const administrator: Caller = { kind: 'key', id: 'key-1', scopes: ['admin'] };
const bytes = (body: unknown) => Buffer.from(JSON.stringify(body));

const handler = jest.fn<Behind['handler']>();
const rateLimit = jest.fn<NonNullable<EndpointOptions<unknown>['rateLimit']>>();

function aLook(options: Partial<EndpointOptions<unknown>> = {}): SecondLook {
  handler.mockReset().mockResolvedValue(KEPT);
  return new SecondLook({
    options: {
      name: 'note',
      paths: ['notes'],
      contract: Object,
      summary: 'Note something',
      bodyLimit: 100,
      caller: 'none',
      cors: false,
      rateLimit,
      traits: (event) => ({ name: 'note', id: (event as { id: string }).id }),
      answers: { kept: { status: 204 }, lost: { status: 202 } },
      ...options,
    },
    check: (body) => ({
      breaches: 'id' in (body as object) ? [] : [{ field: 'id', reason: 'is required' }],
      unknownFields: 0,
      isAsSent: true,
    }),
    handler,
  });
}

describe('a second look at what a door refused', () => {
  it('hands a sound event over with the receipt of its first arrival, and limits nothing', async () => {
    const look = aLook();

    const result = await look.at(bytes({ id: 'a' }), { receipt, caller: administrator });

    expect(result).toEqual({ eventId: 'a', verdict: 'accepted' });
    expect(handler).toHaveBeenCalledWith({ id: 'a' }, receipt, ANONYMOUS, bytes({ id: 'a' }));
    expect(rateLimit).not.toHaveBeenCalled();
  });

  it.each(['none', 'optional'] as const)(
    'gives no trust where a caller is %s, and the administrator’s where one is required',
    async (caller) => {
      await aLook({ caller }).at(bytes({ id: 'a' }), { receipt, caller: administrator });
      const asAnybody = handler.mock.calls[0]?.[2];
      await aLook({ caller: 'required' }).at(bytes({ id: 'a' }), {
        receipt,
        caller: administrator,
      });

      expect(asAnybody).toBe(ANONYMOUS);
      expect(handler.mock.calls[0]?.[2]).toBe(administrator);
    },
  );

  it.each([
    ['breaks its contract', bytes({}), { field: 'id', reason: 'is required' }],
    ['is no JSON', Buffer.from('{"id":'), { field: 'body', reason: 'is not JSON' }],
    [
      'is too large',
      bytes({ id: 'x'.repeat(100) }),
      { field: 'body', reason: 'is larger than 100 bytes' },
    ],
    [
      'is too deep',
      Buffer.from('['.repeat(9)),
      { field: 'body', reason: 'is nested deeper than 8 levels' },
    ],
  ])('refuses again what %s', async (_, body, breach) => {
    const look = aLook();

    const result = await look.at(body, { receipt, caller: administrator });

    expect(result).toMatchObject({ verdict: 'rejected', breaches: [breach] });
    expect(handler).not.toHaveBeenCalled();
  });

  it('refuses again what only the contract itself can know', async () => {
    const look = aLook();
    const breaches = [{ field: 'id', reason: 'no such note' }];
    handler.mockRejectedValue(new ContractBreachError(breaches));

    const result = await look.at(bytes({ id: 'a' }), { receipt, caller: administrator });

    expect(result).toEqual({ eventId: 'a', verdict: 'rejected', breaches });
  });

  it('says that it failed where we do, and logs that', async () => {
    const look = aLook();
    const logged = jest.spyOn(Logger.prototype, 'error').mockReturnValue();
    handler.mockRejectedValue(new Error('ours'));

    const result = await look.at(bytes({ id: 'a' }), { receipt, caller: administrator });

    expect(result).toEqual({ eventId: 'a', verdict: 'failed' });
    expect(logged).toHaveBeenCalledWith(
      expect.objectContaining({ type: 'DOOR_ERROR', requestId: receipt.requestId }),
    );
  });
});
