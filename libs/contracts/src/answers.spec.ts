import { describe, expect, it } from '@jest/globals';
import type { Type } from '@nestjs/common';
import { documentOf } from '../../../test/support/document-of.js';
import { CheckoutEventDto } from './checkout/checkout-event.dto.js';
import { CheckoutSummary } from './dashboards/checkout/checkout-summary.dto.js';
import { CheckoutEventPage, CheckoutEventView } from './events/checkout-event-view.dto.js';
import { EventReceiptView } from './events/event-receipt.dto.js';
import { OfferPage } from './offers/offer.dto.js';
import { RejectedEventCounts } from './rejected-events/rejected-event-counts.dto.js';
import { RejectedEventPage, RejectedEventView } from './rejected-events/rejected-event.dto.js';

interface Published {
  readonly properties: Record<string, Record<string, unknown>>;
  readonly required: string[];
}

describe('an answer', () => {
  const schemasOf = async (...answers: Type[]) =>
    (await documentOf(...answers)).components?.schemas as unknown as Record<string, Published>;

  it('shows a contract’s field with the contract’s words and limits', async () => {
    const schemas = await schemasOf(CheckoutEventDto, CheckoutEventView);
    const { CheckoutEventView: view, CheckoutEventDto: contract } = schemas;

    expect(view?.properties['eventId']).toEqual(contract?.properties['eventId']);
    expect(view?.properties['email']).toEqual({ ...contract?.properties['email'], nullable: true });
    expect(view?.properties['step']).toMatchObject({ nullable: true });
  });

  it('shows the ids that the server resolved, which a sender must not send', async () => {
    const { CheckoutEventView: view } = await schemasOf(CheckoutEventView);

    expect(view?.properties['productId']).not.toHaveProperty('not');
  });

  it('always has all its fields', async () => {
    const schemas = await schemasOf(
      CheckoutEventPage,
      CheckoutSummary,
      EventReceiptView,
      OfferPage,
      RejectedEventCounts,
      RejectedEventPage,
      RejectedEventView,
    );

    expect(Object.keys(schemas)).toEqual(
      expect.arrayContaining([
        'CheckoutEventCount',
        'CheckoutEventView',
        'DayRangeView',
        'EventReceiptItem',
        'OfferView',
        'RejectedEventTotal',
      ]),
    );
    for (const { properties, required } of Object.values(schemas).filter((s) => s.properties)) {
      expect(required).toEqual(Object.keys(properties));
    }
  });
});
