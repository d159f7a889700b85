import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  CollectorEventDto,
  CommerceEventDto,
  CommerceEventTypes,
  CommerceOrders,
  CommerceOrganizations,
  CommercePayouts,
  CommerceReferrals,
  CommerceRevenue,
} from '#libs/contracts';
import { TestFootfall } from '../support/footfall.js';
import { until } from '../support/until.js';

const MONDAY = '2025-05-05';
const TUESDAY = '2025-05-06';
const WEDNESDAY = '2025-05-07';

/** As the publisher sends it. */
const told = (
  type: string,
  id: string,
  timestamp: string,
  data: object,
  others: Partial<CommerceEventDto> = {},
): CommerceEventDto => ({
  id,
  type,
  timestamp,
  organization_id: 'acme',
  user_id: 'user-1',
  data: { ...(type.startsWith('order.') && { order_id: id }), ...data },
  ...others,
});
const euros = (revenue: number | string) => ({ revenue, currency: 'eur' });
const refund = (refunded_amount: number, currency = 'EUR') => ({ refunded_amount, currency });

/** As the HTTP client sends it, but with its time. */
const posted = (
  event: string,
  timestamp: string,
  fields: Partial<CollectorEventDto>,
): CollectorEventDto => ({
  event,
  timestamp,
  distinct_id: 'user-1',
  organization_id: 'acme',
  ...fields,
});

const ENVELOPES: readonly CommerceEventDto[] = [
  // Completed over both transports, refunded in two parts.
  told('order.created', 'o1', `${MONDAY}T10:00:00.1Z`, euros(59.97), { session_id: 'chk-1' }),
  told('order.completed', 'o1', `${MONDAY}T10:02:00.468529245Z`, euros(59.97)),
  told('order.refunded', 'o1', `${TUESDAY}T09:00:00.000000001Z`, refund(10)),
  told('order.refunded', 'o1', `${TUESDAY}T09:00:00.000000002Z`, refund(10)),
  // Canceled the day after, with a part that was refunded before.
  told('order.completed', 'o2', `${MONDAY}T23:59:59.999999Z`, euros(20)),
  told('order.refunded', 'o2', `${TUESDAY}T08:00:00Z`, refund(5)),
  told('order.canceled', 'o2', `${WEDNESDAY}T00:00:00Z`, {}),
  // Canceled before it was completed, by clocks that differ: it stays income.
  told('order.canceled', 'o3', `${MONDAY}T09:00:00Z`, {}),
  told('order.completed', 'o3', `${TUESDAY}T12:00:00Z`, euros(0.05)),
  // Other exponents.
  told('order.completed', 'o4', `${TUESDAY}T12:00:00Z`, { revenue: 1234.5, currency: 'JPY' }),
  told('order.completed', 'o5', `${TUESDAY}T12:00:00Z`, { revenue: 1.2345, currency: 'KWD' }),
  // In no total.
  told('order.completed', 'o6', `${TUESDAY}T12:00:00Z`, { revenue: 5, currency: 'credits' }),
  told('order.refunded', 'o6', `${TUESDAY}T13:00:00Z`, refund(5, 'credits')),
  told('order.refunded', 'o1', `${TUESDAY}T13:00:00Z`, refund(5, 'USD')),
  told('order.completed', '', `${TUESDAY}T13:00:00Z`, euros(7)),
  // Only created, and another organization's.
  told('order.created', 'o7', `${WEDNESDAY}T12:00:00Z`, euros(3)),
  told('order.completed', 'o1', `${TUESDAY}T10:00:00Z`, euros(100), { organization_id: 'other' }),
  // Referrals.
  told('referral.link_created', 'REF42', `${MONDAY}T08:00:00Z`, { referral_code: 'REF42' }),
  told('referral.link_created', 'REF43', `${MONDAY}T08:00:01Z`, { referral_code: 'REF43' }),
  told(
    'referral.claimed',
    'user-7',
    `${TUESDAY}T08:00:00Z`,
    { referee_id: 'user-7', referral_code: 'REF42', referrer_id: 'user-1' },
    { user_id: 'user-7' },
  ),
  told('referral.credit_granted', 'credit-user-1-1', `${TUESDAY}T08:00:01Z`, {
    amount: 10,
    currency: 'EUR',
    role: 'referrer',
  }),
  told('referral.commission_earned', 'commission-user-1-o1', `${TUESDAY}T08:00:02Z`, {
    commission: 2.9985,
    currency: 'EUR',
    order_id: 'o1',
  }),
  told('referral.tier_upgraded', 'tier-user-1-1', `${TUESDAY}T08:00:03Z`, {
    previous_tier: 'bronze',
    new_tier: 'silver',
    referral_count: 10,
  }),
  // Payouts: calculated twice and sent, calculated only, sent only, and less than calculated.
  ...(['u1', 'u2', 'u4'] as const).map((user) =>
    told(
      'contributor.payout_calculated',
      `payout-calc-${user}-2025-04`,
      `${MONDAY}T06:00:00Z`,
      { amount: 100, currency: 'EUR', period_month: '2025-04' },
      { user_id: user },
    ),
  ),
  told(
    'contributor.payout_calculated',
    'payout-calc-u1-2025-04',
    `${MONDAY}T07:00:00Z`,
    { amount: 123.45, currency: 'EUR', period_month: '2025-04' },
    { user_id: 'u1' },
  ),
  ...(
    [
      ['u1', 'po1', 123.45],
      ['u3', 'po3', 50],
      ['u4', 'po4', 99],
    ] as const
  ).map(([user, payout, amount]) =>
    told(
      'contributor.payout_sent',
      payout,
      `${TUESDAY}T06:00:00Z`,
      { amount, currency: 'EUR', payout_id: payout, period_month: '2025-04' },
      { user_id: user },
    ),
  ),
  told('warehouse.moved', '', `${MONDAY}T10:00:00Z`, {}),
];

const COLLECTED: readonly CollectorEventDto[] = [
  posted('order_completed', `${MONDAY}T10:02:01Z`, {
    order_id: 'o1',
    revenue: 59.97,
    properties: { currency: 'EUR' },
  }),
  posted('referral_commission_earned', `${TUESDAY}T08:00:05Z`, {
    order_id: 'o1',
    revenue: 2.9985,
    properties: { commission: 2.9985, currency: 'EUR', order_id: 'o1' },
  }),
  posted('contributor_payout_sent', `${TUESDAY}T06:00:01Z`, {
    distinct_id: 'u1',
    revenue: 123.45,
    properties: { payout_id: 'po1', amount: 123.45, currency: 'EUR', period_month: '2025-04' },
  }),
];

describe('the dashboards of commerce', () => {
  let footfall: TestFootfall;
  let own: string;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
    const key = await footfall.makeKey(['dashboards:read'], {
      kind: 'organization',
      id: 'acme',
    });
    own = key.key;
    // The newest first, and the last ones twice, as senders do that did not hear the answer.
    for (const sent of [...ENVELOPES.toReversed(), ...ENVELOPES.slice(-3)]) {
      await footfall.asAdmin('post', '/events/commerce').send(sent).expect(200);
    }
    for (const sent of [...COLLECTED, COLLECTED[0]]) {
      await footfall.asAdmin('post', '/event').send(sent).expect(200);
    }
    await footfall.written();
    await until('all is counted', async () => {
      const [row] = await footfall.query<{ events: number; waiting: boolean }>(
        `SELECT coalesce(sum(events), 0)::int AS events,
                EXISTS (SELECT FROM touched_days WHERE NOT is_counted)
                OR (SELECT count(*) FROM projector_cursors AS at
                    WHERE projection IN ('orders', 'payouts', 'referrals')
                      AND NOT EXISTS (SELECT FROM writer_batches AS batch
                                      WHERE (batch.xid, batch.id) > (at.xid, at.id))) < 3 AS waiting
         FROM commerce_daily`,
      );
      return row?.events === ENVELOPES.length + COLLECTED.length && !row.waiting;
    });
  });
  afterAll(() => footfall.stop());

  const ask = (path: string) =>
    footfall.asAdmin(
      'get',
      `/dashboards/commerce/${path}${path.includes('?') ? '&' : '?'}from=${MONDAY}&to=${WEDNESDAY}`,
    );
  const answer = async <Answer>(path: string): Promise<Answer> =>
    (await ask(path).expect(200)).body as Answer;

  describe('of revenue', () => {
    const revenue = (query = '') => answer<CommerceRevenue>(`revenue?organizationId=acme${query}`);
    const euro = async () =>
      (await revenue()).currencies.find(({ currency }) => currency === 'EUR');

    it('counts an order once, what is refunded of it, and what a cancellation takes back', async () => {
      expect(await euro()).toMatchObject({
        orders: 3,
        grossMinor: 5997 + 2000 + 5,
        refunds: 3,
        refundedMinor: 1000 + 1000 + 500,
        cancellations: 1,
        canceledMinor: 1500,
        netMinor: 8002 - 2500 - 1500,
        averageOrderMinor: 2667,
        refundRate: 31.24,
      });
    });

    it('counts each on the day on which it happened', async () => {
      const days = (await euro())?.days.map(
        ({ day, grossMinor, refundedMinor, canceledMinor, netMinor }) => [
          day,
          grossMinor,
          refundedMinor,
          canceledMinor,
          netMinor,
        ],
      );

      expect(days).toEqual([
        [MONDAY, 7997, 0, 0, 7997],
        [TUESDAY, 5, 2500, 0, -2495],
        [WEDNESDAY, 0, 0, 1500, -1500],
      ]);
    });

    it('keeps currencies apart, each with its own minor unit', async () => {
      const { currencies } = await revenue();

      expect(currencies.map(({ currency, grossMinor }) => [currency, grossMinor])).toEqual([
        ['EUR', 8002],
        ['JPY', 1235],
        ['KWD', 1235],
      ]);
    });

    it('shows money out beside the income', async () => {
      expect((await euro())?.moneyOut).toEqual({
        credits: 1,
        creditedMinor: 1000,
        commissions: 1,
        commissionMinor: 300,
        referralPayouts: 0,
        referralPayoutMinor: 0,
        payouts: 3,
        payoutMinor: 12_345 + 5000 + 9900,
      });
    });

    it('says what is in no total', async () => {
      expect((await revenue()).leftOut).toEqual({
        orders: 1,
        refunds: 2,
        payments: 0,
        eventsWithoutOrder: 1,
      });
    });

    it('answers for one currency alone, however it is spelt', async () => {
      const { currencies, filters } = await revenue('&currency=jpy');

      expect(filters).toEqual({ organizationId: 'acme', currency: 'JPY' });
      expect(currencies.map(({ currency }) => currency)).toEqual(['JPY']);
    });

    it('compares with as many days before', async () => {
      const { body } = await footfall
        .asAdmin(
          'get',
          `/dashboards/commerce/revenue?organizationId=acme&currency=EUR&compare=previous_period` +
            `&from=${TUESDAY}&to=${TUESDAY}`,
        )
        .expect(200);
      const { previousPeriod } = body as CommerceRevenue;

      expect(previousPeriod).toMatchObject({
        range: { from: MONDAY, to: MONDAY, isLastDayIncomplete: false },
        currencies: [{ currency: 'EUR', netMinor: 7997, averageOrderMinor: 3999 }],
      });
    });

    it('says which days it is about, and how fresh it is', async () => {
      const all = await revenue();

      expect(all.range).toEqual({
        from: MONDAY,
        to: WEDNESDAY,
        timeZone: 'UTC',
        isLastDayIncomplete: false,
      });
      expect(Date.parse(all.asOf)).toBeGreaterThan(Date.parse(all.newestReceivedAt!));
    });
  });

  describe('of events', () => {
    it('counts every event by type and day, also those that nobody knows', async () => {
      const { items, events, leftOut } = await answer<CommerceEventTypes>('events');
      const happened = Object.fromEntries(
        items.filter((item) => item.events > 0).map((item) => [item.eventType, item.events]),
      );

      expect(events).toBe(ENVELOPES.length + COLLECTED.length);
      expect(leftOut).toEqual({ namesOfEvents: 0 });
      expect(items.slice(0, 18).every(({ isKnown }) => isKnown)).toBe(true);
      expect(items.at(-1)).toEqual({
        eventType: 'warehouse.moved',
        isKnown: false,
        events: 1,
        days: [{ day: MONDAY, events: 1 }],
      });
      // One of o1 over each transport.
      expect(happened['order.completed']).toBe(9);
      expect(happened['contributor.payout_sent']).toBe(4);
    });
  });

  describe('of orders', () => {
    const orders = (query = '') => answer<CommerceOrders>(`orders?organizationId=acme${query}`);

    it('shows how far each has come, newest first', async () => {
      const { items } = await orders();

      expect(items.map(({ orderId, state, netMinor }) => [orderId, state, netMinor])).toEqual([
        ['o7', 'open', 0],
        ['o6', 'completed', 0],
        ['o5', 'completed', 1235],
        ['o4', 'completed', 1235],
        ['o2', 'canceled', 0],
        ['o1', 'partially_refunded', 3997],
        ['o3', 'completed', 5],
      ]);
    });

    it('shows what its events were, and nobody’s e-mail address', async () => {
      const { items } = await orders('&orderId=o1');

      expect(items).toEqual([
        {
          organizationId: 'acme',
          orderId: 'o1',
          state: 'partially_refunded',
          sessionId: 'chk-1',
          firstSeenAt: `${MONDAY}T10:00:00.100Z`,
          createdAt: `${MONDAY}T10:00:00.100Z`,
          completedAt: `${MONDAY}T10:02:00.468Z`,
          canceledAt: null,
          refundedAt: `${TUESDAY}T13:00:00.000Z`,
          amountMinor: 5997,
          currency: 'EUR',
          refundedMinor: 2000,
          netMinor: 3997,
          isLeftOut: false,
          leftOutRefunds: 1,
          events: { created: 1, completed: 2, canceled: 0, refunded: 3 },
        },
      ]);
    });

    it.each([
      ['state=canceled', ['o2']],
      ['state=open', ['o7']],
      ['currency=kwd', ['o5']],
      ['sessionId=chk-1', ['o1']],
    ])('finds those with %s', async (filter, ids) => {
      const { items } = await orders(`&${filter}`);

      expect(items.map(({ orderId }) => orderId)).toEqual(ids);
    });

    it('pages through all of them, each once', async () => {
      const ids: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page: CommerceOrders = await answer(`orders?limit=3${cursor && `&cursor=${cursor}`}`);
        ids.push(
          ...page.items.map(({ orderId, organizationId }) => `${organizationId} ${orderId}`),
        );
        cursor = page.nextCursor;
      }

      expect(ids).toHaveLength(8);
      expect(new Set(ids).size).toBe(8);
    });

    it.each(['nonsense', 'WyIyMDI1LTA1LTA1VDEwOjAwOjAwLjEwMDAwMFoiLCJbXCJhXCJdIl0'])(
      'refuses the cursor %s',
      async (cursor) => {
        const { body } = await ask(`orders?cursor=${cursor}`).expect(400);

        expect(body).toMatchObject({ code: 'VALIDATION_FAILED', breaches: [{ field: 'cursor' }] });
      },
    );
  });

  describe('of referrals', () => {
    const referrals = (query = '') => answer<CommerceReferrals>(`referrals?${query}`);

    it('counts from links to what they earned', async () => {
      const { funnel, amounts, leftOut } = await referrals();

      expect(funnel).toEqual({
        links: 2,
        claimedLinks: 1,
        claimRate: 50,
        claims: 1,
        credits: 1,
        commissions: 1,
        tierUpgrades: 1,
        payouts: 0,
      });
      expect(amounts).toEqual([
        { currency: 'EUR', creditedMinor: 1000, commissionMinor: 300, payoutMinor: 0 },
      ]);
      expect(leftOut).toEqual({ payments: 0 });
    });

    it('shows the ledger, newest first, a commission once', async () => {
      const { items } = await referrals();

      expect(items.map(({ kind }) => kind)).toEqual([
        'tier',
        'commission',
        'credit',
        'claim',
        'link',
        'link',
      ]);
      expect(items[0]).toMatchObject({
        previousTier: 'bronze',
        tier: 'silver',
        referralCount: '10',
        amountMinor: null,
      });
      expect(items[1]).toMatchObject({
        referrerId: 'user-1',
        orderId: 'o1',
        amountMinor: 300,
        currency: 'EUR',
      });
      expect(items[3]).toMatchObject({
        code: 'REF42',
        referrerId: 'user-1',
        refereeId: 'user-7',
        userId: 'user-7',
      });
    });

    it.each([
      ['kind=link', 2],
      ['code=REF42', 2],
      ['userId=user-7', 1],
    ])('finds entries with %s', async (filter, entries) => {
      expect((await referrals(filter)).items).toHaveLength(entries);
    });

    it('pages through the ledger', async () => {
      const first = await referrals('limit=4');
      const second = await referrals(`limit=4&cursor=${first.nextCursor}`);

      expect([...first.items, ...second.items].map(({ kind }) => kind)).toEqual(
        (await referrals()).items.map(({ kind }) => kind),
      );
      expect(second.nextCursor).toBeNull();
    });
  });

  describe('of payouts', () => {
    const payouts = (query = '') => answer<CommercePayouts>(`payouts?${query}`);

    it('brings together what was calculated and sent, and shows the unmatched of both kinds', async () => {
      const { items } = await payouts();

      expect(
        items.map(({ contributorId, state, calculatedMinor, sentMinor, payoutIds }) => [
          contributorId,
          state,
          calculatedMinor,
          sentMinor,
          payoutIds,
        ]),
      ).toEqual([
        ['u4', 'differs', 10_000, 9900, ['po4']],
        ['u3', 'not_calculated', null, 5000, ['po3']],
        ['u1', 'matched', 12_345, 12_345, ['po1']],
        ['u2', 'not_sent', 10_000, null, []],
      ]);
    });

    it('adds them up', async () => {
      const { totals, leftOut } = await payouts();

      expect(totals).toEqual([
        {
          currency: 'EUR',
          calculations: 3,
          calculatedMinor: 32_345,
          payouts: 3,
          sentMinor: 27_245,
          matched: 1,
          differing: 1,
          notSent: 1,
          notSentMinor: 10_000,
          notCalculated: 1,
          notCalculatedMinor: 5000,
        },
      ]);
      expect(leftOut).toEqual({ payments: 0 });
    });

    it('finds some, and pages through all', async () => {
      const some = await payouts('state=not_sent');
      const first = await payouts('limit=3');
      const second = await payouts(`limit=3&cursor=${first.nextCursor}`);

      expect(some.items.map(({ contributorId }) => contributorId)).toEqual(['u2']);
      expect((await payouts('contributorId=u3')).items).toHaveLength(1);
      expect(second.items.map(({ contributorId }) => contributorId)).toEqual(['u2']);
      expect(second.nextCursor).toBeNull();
    });
  });

  describe('of organizations', () => {
    it('lists those with most orders first', async () => {
      const { items, organizations } = await answer<CommerceOrganizations>('organizations');

      expect(organizations).toBe(2);
      expect(items.map(({ organizationId, orders }) => [organizationId, orders])).toEqual([
        ['acme', 5],
        ['other', 1],
      ]);
      expect(items[1]).toEqual({
        organizationId: 'other',
        events: 1,
        orders: 1,
        currencies: [expect.objectContaining({ currency: 'EUR', netMinor: 10_000 })],
        leftOut: { orders: 0, refunds: 0, payments: 0, eventsWithoutOrder: 0 },
      });
    });

    it('lists no more than are asked for', async () => {
      const { items } = await answer<CommerceOrganizations>('organizations?limit=1');

      expect(items.map(({ organizationId }) => organizationId)).toEqual(['acme']);
    });
  });

  describe('for a caller that is bound to an organization', () => {
    const bound = (path: string) =>
      footfall
        .get(
          `/dashboards/commerce/${path}${path.includes('?') ? '&' : '?'}from=${MONDAY}&to=${WEDNESDAY}`,
        )
        .set('authorization', `Bearer ${own}`);

    it.each(['revenue', 'events', 'orders', 'referrals', 'payouts'])(
      'show its own %s, asked for or not',
      async (path) => {
        const unasked = await bound(path).expect(200);
        const asked = await bound(`${path}?organizationId=acme`).expect(200);

        expect(unasked.body).toMatchObject({ filters: { organizationId: 'acme' } });
        expect({ ...(asked.body as object), asOf: null }).toEqual({
          ...(unasked.body as object),
          asOf: null,
        });
        expect(JSON.stringify(unasked.body)).not.toContain('"other"');
      },
    );

    it.each(['revenue', 'events', 'orders', 'referrals', 'payouts'])(
      'know no %s of another',
      async (path) => {
        const { body } = await bound(`${path}?organizationId=other`).expect(404);

        expect(body).toMatchObject({ code: 'NOT_FOUND' });
      },
    );

    it('do not compare organizations', async () => {
      const { status } = await bound('organizations');

      expect(status).toBe(403);
    });
  });

  it.each([
    ['revenue?currency=%00', 'currency'],
    ['revenue?compare=last_year', 'compare'],
    ['events?organizationId=%00', 'organizationId'],
    ['orders?state=paid', 'state'],
    ['orders?limit=0', 'limit'],
    ['referrals?kind=gift', 'kind'],
    ['payouts?state=open', 'state'],
    ['organizations?organizationId=acme', 'organizationId'],
    ['organizations?limit=501', 'limit'],
  ])('refuse the question %s and name the field', async (path, field) => {
    const { body } = await ask(path).expect(400);

    expect(body).toMatchObject({ code: 'VALIDATION_FAILED', breaches: [{ field }] });
  });
});
