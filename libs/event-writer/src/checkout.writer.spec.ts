import type { CheckoutEventDto, CheckoutLog } from '#libs/contracts';
import { describe, expect, it } from '@jest/globals';
import { CHECKOUT_EVENTS } from './checkout-events.sql.js';
import { CheckoutWriter } from './checkout.writer.js';

const event: CheckoutEventDto = {
  eventId: 'event-1',
  eventName: 'checkout_page_view',
  sessionId: 'session-1',
  offerId: 'offer-1',
  executionEnvironment: 'production',
  fullHostname: 'checkout.example.com',
  rootDomain: 'com.br',
  timestamp: 1_700_000_000_000,
};
const receipt = { requestId: 'r', receivedAt: 1, ipAddress: '::1', userAgent: 'a browser' };
const offer = { productId: 'product-1', producerId: 'producer-1' };

describe('the row of a checkout event', () => {
  const writer = new CheckoutWriter({} as CheckoutLog);

  it('fills every column of the table', () => {
    expect(Object.keys(writer.toRow(event, receipt, offer)).toSorted()).toEqual(
      CHECKOUT_EVENTS.columns.toSorted(),
    );
  });

  it('copies what was sent, and what the server added', () => {
    expect(writer.toRow({ ...event, email: 'a@b.c', step: 'payment' }, receipt, offer)).toEqual({
      eventId: 'event-1',
      eventName: 'checkout_page_view',
      eventDescription: null,
      sessionId: 'session-1',
      offerId: 'offer-1',
      productId: 'product-1',
      producerId: 'producer-1',
      checkoutType: null,
      checkoutMode: null,
      step: 'payment',
      email: 'a@b.c',
      phone: null,
      paymentMethod: null,
      eventTimestamp: new Date(1_700_000_000_000),
      executionEnvironment: 'production',
      fullHostname: 'checkout.example.com',
      rootDomain: 'com.br',
      receivedAt: new Date(1),
      ipAddress: '::1',
      userAgent: 'a browser',
    });
  });

  it('compares duplicates by what was sent, and by nothing that the server added', () => {
    const added = ['productId', 'producerId', 'receivedAt', 'ipAddress', 'userAgent'];

    expect([...CHECKOUT_EVENTS.sent, ...added].toSorted()).toEqual(
      CHECKOUT_EVENTS.columns.toSorted(),
    );
  });
});
