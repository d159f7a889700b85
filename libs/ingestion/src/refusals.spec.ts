import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { EventLog } from '#libs/event-log';
import { Metrics, type Refused } from '#libs/platform';
import { Refusals } from './refusals.js';

const aRefusal = (receivedAt: number, payload: unknown = { step: 'nope' }): Refused => ({
  reason: 'breach',
  breaches: [{ field: 'step', reason: 'must be one of: …' }],
  payload,
  size: 15,
  receipt: { requestId: 'r-1', receivedAt, ipAddress: null, userAgent: null },
});

describe('keeping what a door refused', () => {
  const eventLog = { append: jest.fn<EventLog['append']>() };
  let metrics: Metrics;
  let refusals: Refusals;

  beforeEach(() => {
    eventLog.append.mockReset().mockResolvedValue();
    metrics = new Metrics();
    refusals = new Refusals(eventLog as never, metrics);
  });

  const dropped = async (): Promise<number> => {
    const figure = metrics.registry.getSingleMetric('footfall_refusals_dropped_total');
    return ((await figure?.get())?.values ?? []).reduce((sum, { value }) => sum + value, 0);
  };

  it('puts it into the event log as it came', () => {
    refusals.keep('checkout', aRefusal(1000));

    expect(eventLog.append).toHaveBeenCalledWith([
      expect.objectContaining({
        kind: 'refusal',
        contract: 'checkout',
        reason: 'breach',
        raw: '{"step":"nope"}',
      }),
    ]);
  });

  it('keeps a sample of a flood, and counts the rest', async () => {
    for (let i = 0; i < 100; i += 1) refusals.keep('checkout', aRefusal(5000 + i));

    expect(eventLog.append.mock.calls.length).toBeLessThan(25);
    expect(await dropped()).toBe(100 - eventLog.append.mock.calls.length);
  });

  it('keeps some again in the next second, and of every contract', () => {
    for (let i = 0; i < 100; i += 1) refusals.keep('checkout', aRefusal(5000));
    const kept = eventLog.append.mock.calls.length;

    refusals.keep('checkout', aRefusal(6000));
    refusals.keep('another', aRefusal(6000));

    expect(eventLog.append).toHaveBeenCalledTimes(kept + 2);
  });

  it('bounds what it keeps of a huge body', () => {
    refusals.keep('checkout', aRefusal(1000, { text: 'x'.repeat(50_000) }));

    const [record] = eventLog.append.mock.calls[0]?.[0] ?? [];
    expect(Buffer.byteLength(JSON.stringify(record))).toBeLessThan(10_000);
  });

  it('counts one that the log does not take, and troubles nobody', async () => {
    eventLog.append.mockRejectedValue(new Error('full'));

    refusals.keep('checkout', aRefusal(1000));
    await new Promise((resolve) => setImmediate(resolve));

    expect(await dropped()).toBe(1);
  });
});
