import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { CHECKOUT_EVENT_NAMES } from '../checkout/checkout-event.catalogue.js';
import { contractChanges } from './contract-changes.js';
import type { ContractLock } from './contract-lock.js';
import { lockOf, type PublishedDocument } from './lock-of.js';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'));

const published = read('contract-lock.json') as ContractLock;
const current = lockOf(read('openapi.json') as PublishedDocument);

describe('what is published', () => {
  it('breaks nobody who sends what was ever published', () => {
    expect(contractChanges(published, current).breaking).toEqual([]);
  });

  it('is on record: run "npm run contract-lock" after an addition', () => {
    expect(contractChanges(published, current).additions).toEqual([]);
  });

  it('takes checkout events as the users’ document has them, at both doors and in batches', () => {
    expect(published.doors).toMatchObject({
      'POST /events/checkout': { body: 'CheckoutEventDto', answers: ['202', '204'] },
      'POST /api/checkout/events/checkout': { body: 'CheckoutEventDto', answers: ['202', '204'] },
      'POST /events/checkout/batch': { body: 'CheckoutEventDto[]', answers: ['200'] },
    });
    expect(published.contracts['CheckoutEventDto']).toMatchObject({
      immutable: true,
      fields: {
        eventId: { rule: 'required' },
        eventName: { rule: 'required', values: CHECKOUT_EVENT_NAMES },
        eventDescription: { rule: 'optional' },
        sessionId: { rule: 'required' },
        offerId: { rule: 'required' },
        checkoutType: { rule: 'optional', values: ['standard', '3steps'] },
        checkoutMode: {
          rule: 'optional',
          values: ['embedded', 'transparent', 'sandbox', 'development'],
        },
        executionEnvironment: {
          rule: 'required',
          values: ['production', 'sandbox', 'development'],
        },
        fullHostname: { rule: 'required' },
        rootDomain: { rule: 'required' },
        step: { rule: 'optional', values: ['identification', 'address', 'payment'] },
        email: { rule: 'optional', normalise: 'lower-case' },
        phone: { rule: 'optional' },
        paymentMethod: { rule: 'optional', values: ['credit_card', 'pix', 'boleto'] },
        timestamp: { rule: 'required', type: 'integer' },
        productId: { rule: 'forbidden' },
        producerId: { rule: 'forbidden' },
      },
    });
  });
});
