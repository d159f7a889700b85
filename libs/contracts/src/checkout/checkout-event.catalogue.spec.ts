import { describe, expect, it } from '@jest/globals';
import { publishedAs } from '../fields.js';
import { CHECKOUT_EVENT_DESCRIPTIONS, CHECKOUT_EVENT_NAMES } from './checkout-event.catalogue.js';
import { CheckoutEventDto } from './checkout-event.dto.js';

describe('the descriptions of checkout events', () => {
  it('name every event once, in a few words', () => {
    const texts = Object.values(CHECKOUT_EVENT_DESCRIPTIONS);

    expect(Object.keys(CHECKOUT_EVENT_DESCRIPTIONS)).toEqual(CHECKOUT_EVENT_NAMES);
    expect(new Set(texts).size).toBe(26);
    for (const text of texts) expect(text).toMatch(/^[A-Z][^.]{5,79}$/);
  });

  it('say of a conversion what it means for each payment method', () => {
    expect(CHECKOUT_EVENT_DESCRIPTIONS.checkout_conversion_success).toMatch(
      /card paid.*Pix QR code page shown.*boleto generated/,
    );
  });

  it('are shown to readers of the contract', () => {
    const { description } = publishedAs(CheckoutEventDto, 'eventName');

    for (const [name, text] of Object.entries(CHECKOUT_EVENT_DESCRIPTIONS)) {
      expect(description).toContain(`- \`${name}\`: ${text}`);
    }
  });
});
