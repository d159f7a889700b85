import { describe, expect, it } from '@jest/globals';
import { type Type, ValidationPipe } from '@nestjs/common';
import { ListCheckoutEventsQuery } from './events/list-checkout-events.dto.js';
import { ListOffersQuery, PutOfferDto } from './offers/offer.dto.js';

/** As administrative endpoints are guarded. */
const pipe = new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true });
const asked = (question: Type, value: object, type: 'query' | 'body' = 'query'): Promise<object> =>
  pipe.transform(value, { type, metatype: question }) as Promise<object>;

describe('a question for stored events', () => {
  it('needs no answer to any of its parts', async () => {
    expect(await asked(ListCheckoutEventsQuery, {})).toEqual({ limit: 100 });
  });

  it('reads numbers and times of a query string', async () => {
    const query = { limit: '5', from: '2026-01-31', to: '2026-02-01T03:00:00.5+03:00' };

    expect(await asked(ListCheckoutEventsQuery, query)).toEqual({
      limit: 5,
      from: '2026-01-31T00:00:00.000Z',
      to: '2026-02-01T00:00:00.500Z',
    });
  });

  it('is trimmed', async () => {
    expect(await asked(ListCheckoutEventsQuery, { sessionId: ' s ' })).toMatchObject({
      sessionId: 's',
    });
  });

  it.each([
    ['a misspelt filter', { sesionId: 's' }],
    ['a limit of nothing', { limit: '0' }],
    ['too high a limit', { limit: '1001' }],
    ['a limit that is no number', { limit: '1e2' }],
    ['an empty limit', { limit: '' }],
    ['two limits', { limit: ['1', '2'] }],
    ['a day that is not', { from: '2026-02-31' }],
    ['a time without its zone', { from: '2026-02-01T10:00:00' }],
    ['a time of day that is not', { to: '2026-02-01T25:00:00Z' }],
    ['a year that PostgreSQL does not know', { from: '0000-12-31' }],
    ['a zone that leads there', { to: '0001-01-01T00:00:00+01:00' }],
    ['a zone that leads beyond the year 9999', { to: '9999-12-31T23:59:59-01:00' }],
    ['another spelling of a day', { to: '01/02/2026' }],
    ['two sessions', { sessionId: ['a', 'b'] }],
    ['too long a session', { sessionId: 'x'.repeat(201) }],
    ['text that cannot be stored', { offerId: 'a\0' }],
  ])('is refused for %s', async (_, query) => {
    await expect(asked(ListCheckoutEventsQuery, query)).rejects.toThrow('Bad Request');
  });
});

describe('a question for offers', () => {
  it('may name a prefix and where to go on', async () => {
    const query = { prefix: 'a', cursor: 'abc', limit: '1000' };

    expect(await asked(ListOffersQuery, query)).toEqual({
      prefix: 'a',
      cursor: 'abc',
      limit: 1000,
    });
  });
});

describe('an offer to put', () => {
  it('is trimmed', async () => {
    const offer = { productId: ' p ', producerId: 'q' };

    expect(await asked(PutOfferDto, offer, 'body')).toEqual({ productId: 'p', producerId: 'q' });
  });

  it.each([
    ['without a producer', { productId: 'p' }],
    ['with an empty product', { productId: ' ', producerId: 'q' }],
    ['with a number', { productId: 1, producerId: 'q' }],
    ['with something unheard of', { productId: 'p', producerId: 'q', price: 1 }],
  ])('is refused %s', async (_, offer) => {
    await expect(asked(PutOfferDto, offer, 'body')).rejects.toThrow('Bad Request');
  });
});
