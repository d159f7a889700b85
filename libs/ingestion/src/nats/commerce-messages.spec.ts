import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Intake, Receiver, Refused, Taken } from '#libs/platform';
import { CommerceMessages } from './commerce-messages.js';

const LAST_TRY = 20;

describe('a message of the commerce stream', () => {
  const intake = { take: jest.fn<Intake['take']>(), setAside: jest.fn<Intake['setAside']>() };
  const append = jest.fn<(records: readonly object[]) => Promise<void>>();
  const invalid = jest.fn();
  const metrics = { cameAgain: jest.fn(), became: jest.fn(), notAcknowledged: jest.fn() };
  const ackAck = jest.fn<() => Promise<boolean>>();
  const nak = jest.fn<(millis: number) => void>();
  let receiver: Receiver;
  const door = {
    intakeOf: (_: unknown, theirs: Receiver) => {
      receiver = theirs;
      return intake;
    },
  };

  beforeEach(() => {
    jest.resetAllMocks();
    ackAck.mockResolvedValue(true);
    append.mockResolvedValue();
  });

  const aMessage = (deliveryCount = 1, subject = 'commerce.order.completed') => ({
    data: new TextEncoder().encode('{}'),
    subject,
    redelivered: deliveryCount > 1,
    time: new Date(1_700_000_000_000),
    info: { stream: 'COMMERCE', streamSequence: 17, deliveryCount },
    ackAck,
    nak,
  });
  const take = (taken: Taken, message = aMessage()) => {
    intake.take.mockResolvedValue(taken);
    const messages = new CommerceMessages(
      door as never,
      {} as never,
      { append } as never,
      { invalid } as never,
      metrics as never,
    );
    return messages.take(message as never);
  };

  it.each([
    ['kept', 'kept'],
    ['refused', 'set_aside'],
  ] as const)('is acknowledged once it is %s', async (taken, outcome) => {
    expect(await take(taken)).toBe(outcome);

    expect(ackAck).toHaveBeenCalledTimes(1);
    expect(nak).not.toHaveBeenCalled();
    expect(metrics.became).toHaveBeenCalledWith(outcome);
  });

  it.each(['lost', 'broken'] as const)('is given back where it is %s', async (taken) => {
    expect(await take(taken)).toBe('again');

    expect(ackAck).not.toHaveBeenCalled();
    expect(nak).toHaveBeenCalledTimes(1);
  });

  it.each([
    [1, 500, 1000],
    [4, 4000, 8000],
    [5000, 30_000, 60_000],
  ])('waits after delivery %i from %i to %i ms', async (deliveries, least, most) => {
    await take('lost', aMessage(deliveries));

    const [millis] = nak.mock.calls[0] ?? [0];
    expect(millis).toBeGreaterThanOrEqual(least);
    expect(millis).toBeLessThanOrEqual(most);
  });

  it('is not held against us where its connection is gone', async () => {
    nak.mockImplementation(() => {
      throw new Error('closed connection');
    });
    ackAck.mockRejectedValue(new Error('closed connection'));

    expect(await take('lost')).toBe('again');
    expect(await take('kept')).toBe('kept');

    expect(metrics.notAcknowledged).toHaveBeenCalledTimes(1);
  });

  it('is set aside where it could not be judged twenty times, and not before', async () => {
    intake.setAside.mockResolvedValue('refused');

    expect(await take('broken', aMessage(LAST_TRY - 1))).toBe('again');
    expect(await take('broken', aMessage(LAST_TRY))).toBe('set_aside');

    expect(intake.setAside).toHaveBeenCalledTimes(1);
    expect(ackAck).toHaveBeenCalledTimes(1);
  });

  it('is tried for ever where it is sound and the event log takes nothing', async () => {
    expect(await take('lost', aMessage(5000))).toBe('again');

    expect(intake.setAside).not.toHaveBeenCalled();
  });

  it('is found again by its place, whatever its subject holds', async () => {
    await take('kept', aMessage(1, `commerce.é\0${'x'.repeat(300)}`));

    const [, receipt] = intake.take.mock.calls[0] ?? [];
    expect(receipt).toEqual({
      requestId: `nats:COMMERCE:17:commerce.??${'x'.repeat(189)}`,
      receivedAt: 1_700_000_000_000,
      ipAddress: null,
      userAgent: null,
    });
  });

  it('is logged as refused only once the refusal is kept', async () => {
    await take('kept');
    append.mockRejectedValueOnce(new Error('no space'));
    const refusal = { reason: 'not_json', breaches: [], receipt: {} } as unknown as Refused;

    await expect(receiver.refused(refusal, Buffer.from('{'))).rejects.toThrow('no space');
    const before = invalid.mock.calls.length;
    await receiver.refused(refusal, Buffer.from('{'));

    expect([before, invalid.mock.calls.length]).toEqual([0, 1]);
  });

  it('is kept within 8 KiB, however it is encoded', async () => {
    await take('kept');
    const refusal = { reason: 'not_json', breaches: [], receipt: {} } as unknown as Refused;

    await receiver.refused(refusal, new Uint8Array(300_000).fill(0xff));

    const [[record]] = append.mock.calls[0] as [[{ raw: string }]];
    expect(Buffer.byteLength(record.raw)).toBeLessThanOrEqual(8192);
    expect(record.raw).toMatch(/^\ufffd+$/);
  });
});
