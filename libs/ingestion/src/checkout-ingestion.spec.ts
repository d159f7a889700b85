import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { CheckoutLog } from '#libs/contracts';
import type { EventLog } from '#libs/event-log';
import { CannotTellError, type OfferDirectory } from '#libs/offers';
import { ContractBreachError, type Receipt } from '#libs/platform';
import { aCheckoutEvent } from '../../../test/support/checkout-event.js';
import { CheckoutIngestion } from './checkout-ingestion.js';
import { EventKeeper } from './event-keeper.js';

const OFFER = { productId: 'product-1', producerId: 'producer-1' };
const RECEIPT: Receipt = { requestId: 'r-1', receivedAt: 1, ipAddress: null, userAgent: null };

describe('recording a checkout event', () => {
  const offers = {
    find: jest.fn<OfferDirectory['find']>(),
    findAnew: jest.fn<OfferDirectory['findAnew']>(),
  };
  const eventLog = { append: jest.fn<EventLog['append']>() };
  const log = {
    received: jest.fn<CheckoutLog['received']>(),
    persistFailed: jest.fn<CheckoutLog['persistFailed']>(),
  };
  const ingestion = new CheckoutIngestion(
    offers as never,
    new EventKeeper(eventLog as never),
    log as never,
  );

  beforeEach(() => {
    jest.resetAllMocks();
    offers.find.mockReturnValue(OFFER);
    eventLog.append.mockResolvedValue();
  });

  const appendedOffer = (): unknown => {
    const [record] = eventLog.append.mock.calls[0]?.[0] ?? [];
    return record?.kind === 'event' ? record.offer : undefined;
  };

  it('keeps an event with the product and producer of its offer', async () => {
    const outcome = await ingestion.record(aCheckoutEvent(), RECEIPT);

    expect(outcome.verdict).toBe('kept');
    expect(appendedOffer()).toEqual(OFFER);
  });

  it('says that it was received only once it is durable', async () => {
    let durable: () => void = () => undefined;
    eventLog.append.mockReturnValue(new Promise((resolve) => (durable = resolve)));

    const recording = ingestion.record(aCheckoutEvent(), RECEIPT);
    expect(log.received).not.toHaveBeenCalled();
    durable();
    await recording;

    expect(log.received).toHaveBeenCalledTimes(1);
  });

  it('keeps an event unresolved while the directory cannot tell', async () => {
    offers.find.mockReturnValue(Promise.reject(new CannotTellError('away')));

    const outcome = await ingestion.record(aCheckoutEvent(), RECEIPT);

    expect(outcome.verdict).toBe('kept');
    expect(appendedOffer()).toBeNull();
  });

  it('refuses an event whose offer does not exist', async () => {
    offers.find.mockReturnValue(Promise.resolve(null));

    await expect(ingestion.record(aCheckoutEvent(), RECEIPT)).rejects.toThrow(ContractBreachError);
    expect(eventLog.append).not.toHaveBeenCalled();
  });

  it('asks anew for the offer of an event that is sent again', async () => {
    offers.find.mockReturnValue(null);
    offers.findAnew.mockReturnValue(Promise.resolve(OFFER));

    const retryOf = { id: 'kept', attempt: 1 };
    const outcome = await ingestion.record(aCheckoutEvent(), { ...RECEIPT, retryOf });

    expect(outcome.verdict).toBe('kept');
    expect(appendedOffer()).toEqual(OFFER);
  });

  it('tells of an event that could not be kept, and does not throw', async () => {
    const event = aCheckoutEvent();
    const failure = new Error('the disk is gone');
    eventLog.append.mockRejectedValue(failure);

    const outcome = await ingestion.record(event, RECEIPT);

    expect(outcome.verdict).toBe('lost');
    expect(log.persistFailed).toHaveBeenCalledWith(event.eventId, failure, RECEIPT);
    expect(log.received).not.toHaveBeenCalled();
  });
});
