import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Receipt, Refused } from '#libs/platform';
import { Logger } from '@nestjs/common';
import { aCheckoutEvent } from '../../../../test/support/checkout-event.js';
import { CheckoutLog } from './checkout.log.js';

const receipt: Receipt = {
  requestId: 'request-1',
  receivedAt: 1_700_000_000_000,
  ipAddress: null,
  userAgent: null,
};

describe('the log lines of the checkout doors', () => {
  const logger = { log: jest.fn(), warn: jest.fn(), error: jest.fn() };
  const log = new CheckoutLog();

  beforeEach(() => {
    jest.resetAllMocks();
    Logger.overrideLogger(logger);
  });
  afterEach(() => Logger.overrideLogger(false));

  const written = (level: keyof typeof logger) => logger[level].mock.calls.map(([line]) => line);

  it('say of an event that is kept what finds it again, and nothing personal', () => {
    const event = aCheckoutEvent({ eventId: 'event-1', email: 'ana@example.com', phone: '123' });

    log.received(event, receipt);

    expect(written('log')).toEqual([
      {
        type: 'CHECKOUT_EVENT_RECEIVED',
        eventName: 'checkout_page_view',
        sessionId: 'session-1',
        offerId: 'offer-1',
        eventId: 'event-1',
        requestId: 'request-1',
      },
    ]);
  });

  it('say of a refusal why, and show its payload masked', () => {
    const breaches = [{ field: 'eventName', reason: 'is required' }];
    const payload = { eventId: 'event-1', email: 'ana@example.com', phone: '123' };

    log.invalid({ reason: 'breach', breaches, payload, size: 77, receipt } satisfies Refused);

    expect(written('warn')).toEqual([
      {
        type: 'CHECKOUT_EVENT_INVALID',
        payload: { eventId: 'event-1', email: '[masked]', phone: '[masked]' },
        breaches,
        reason: 'breach',
        size: 77,
        requestId: 'request-1',
      },
    ]);
  });

  it('say of a body that could not be read its reason and size', () => {
    log.invalid({ reason: 'not_json', breaches: [], payload: null, size: 9, receipt });

    expect(written('warn')).toEqual([
      expect.objectContaining({ payload: null, reason: 'not_json', size: 9 }),
    ]);
  });

  it('say of an event that is not kept the error, bounded, with its SQLSTATE', () => {
    const error = Object.assign(new Error('x'.repeat(5000)), { code: '22021' });

    log.persistFailed('event-1', error, receipt);

    expect(written('error')).toEqual([
      {
        type: 'CHECKOUT_EVENT_PERSIST_ERROR',
        error: `Error: ${'x'.repeat(493)}`,
        eventId: 'event-1',
        sqlstate: '22021',
        requestId: 'request-1',
      },
    ]);
  });

  it.each([['ENOSPC'], [null], [undefined], [5]])('take the code %j for no SQLSTATE', (code) => {
    log.persistFailed('event-1', { code });

    expect(written('error')).toEqual([expect.objectContaining({ sqlstate: undefined })]);
  });
});
