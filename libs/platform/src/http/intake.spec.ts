import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { Behind } from './doorway.js';
import { Intake, type Receiver } from './intake.js';
import { KEPT, LOST } from './outcome.js';
import type { Receipt } from './receipt.js';

const receipt: Receipt = {
  requestId: 'message 7',
  receivedAt: 1_700_000_000_000,
  ipAddress: null,
  userAgent: null,
};
const bytes = (text: string) => new TextEncoder().encode(text);

describe('an intake beside the doors', () => {
  const figures = { kept: jest.fn(), invalid: jest.fn(), lost: jest.fn(), knewNot: jest.fn() };
  const check = jest.fn<Behind['check']>();
  const record = jest.fn<Receiver['record']>();
  const refused = jest.fn<Receiver['refused']>();
  const options = {
    name: 'note',
    paths: ['notes'],
    contract: Object,
    summary: 'Note something',
    bodyLimit: 20,
    caller: 'required',
    scope: 'notes',
    cors: false,
    traits: () => ({ name: 'note', id: 'a' }),
    answers: { kept: { status: 200 }, lost: { status: 503 } },
  } as const;
  const intake = new Intake({ options, check, figures } as never, { record, refused });

  beforeEach(() => {
    jest.resetAllMocks();
    check.mockReturnValue({ breaches: [], unknownFields: 2, isAsSent: false });
    record.mockResolvedValue(KEPT);
    refused.mockResolvedValue();
  });

  it('hands a sound event over and counts it as the doors do', async () => {
    const taken = await intake.take(bytes('{"id":"a"}'), receipt);

    expect(taken).toBe('kept');
    expect(record).toHaveBeenCalledWith({ id: 'a' }, receipt);
    expect(figures.kept).toHaveBeenCalledWith({ name: 'note', id: 'a' }, receipt);
    expect(figures.knewNot).toHaveBeenCalledWith(2);
  });

  it('counts nothing as lost that can be tried again', async () => {
    record.mockResolvedValue(LOST);

    const taken = await intake.take(bytes('{}'), receipt);

    expect(taken).toBe('lost');
    expect(figures.kept).not.toHaveBeenCalled();
    expect(figures.lost).not.toHaveBeenCalled();
  });

  it('tells a fault in the judging from an event that could not be kept', async () => {
    const logged = jest.spyOn(Logger.prototype, 'error').mockReturnValue();
    record.mockRejectedValue(new Error('ours'));

    const taken = await intake.take(bytes('{}'), receipt);

    expect(taken).toBe('broken');
    expect(logged).toHaveBeenCalledWith(expect.objectContaining({ requestId: 'message 7' }));
  });

  it.each([
    ['no JSON', '{"id":', 'not_json', null, { field: 'body', reason: 'is not JSON' }],
    [
      'too large',
      '{"id":"aaaaaaaaaaaaa"}',
      'too_large',
      null,
      { field: 'body', reason: 'is larger than 20 bytes' },
    ],
    ['a breach', '{"id":1}', 'breach', { id: 1 }, { field: 'id', reason: 'is not text' }],
  ] as const)('has %s kept as it came', async (_, text, reason, payload, breach) => {
    check.mockReturnValue({ breaches: [breach], unknownFields: 0, isAsSent: true });

    const taken = await intake.take(bytes(text), receipt);

    expect(taken).toBe('refused');
    const size = text.length;
    expect(refused).toHaveBeenCalledWith(
      { reason, breaches: [breach], payload, size, receipt },
      bytes(text),
    );
    expect(figures.invalid).toHaveBeenCalledWith(reason);
    expect(record).not.toHaveBeenCalled();
  });

  it('has refused nothing where the refusal is not kept', async () => {
    refused.mockRejectedValue(new Error('no space'));

    const taken = await intake.take(bytes('no json'), receipt);

    expect(taken).toBe('lost');
    expect(figures.invalid).not.toHaveBeenCalled();
  });
});
