import {
  type CommerceOrders,
  type CommerceOrdersQuestion,
  type CommercePayouts,
  type CommercePayoutsQuestion,
  type CommerceReferrals,
  type CommerceReferralsQuestion,
  isUuid,
  type OrderView,
  type PageQuery,
  type PayoutView,
  type ReferralEntry,
} from '#libs/contracts';
import { type Caller, cursorOf, type Position, positionOf } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { onlyOwn } from '../owners.js';
import { percentage } from '../percentage.js';
import { dayRangeOf, viewOf } from '../ranges/day-range.js';
import { spokenOf } from './commerce-dashboards.js';
import {
  CommerceLedgersRepository,
  type OrderRow,
  type Page,
  type PayoutRow,
  placeOf,
  type ReferralRow,
} from './commerce-ledgers.repository.js';

/** Orders, referrals and payouts one by one, with what they come to. */
@Injectable()
export class CommerceLedgers {
  constructor(private readonly ledgers: CommerceLedgersRepository) {}

  /** @throws ContractBreachError for days that are none, or a cursor of another list. */
  async orders(
    question: CommerceOrdersQuestion,
    caller: Caller,
    now: Date = new Date(),
  ): Promise<CommerceOrders> {
    const range = dayRangeOf(question, now);
    const filters = {
      organizationId: onlyOwn(caller, 'organization', question.organizationId),
      state: question.state ?? null,
      currency: question.currency?.toUpperCase() ?? null,
      orderId: question.orderId ?? null,
      sessionId: question.sessionId ?? null,
    };
    const row = await this.ledgers.orders(range, filters, pageOf(question, isListOf(2)));
    return {
      range: viewOf(range),
      filters,
      ...spokenOf(row),
      ...paged(row.rows, question, orderView, ({ positionTime, organizationId, orderId }) =>
        placeOf(positionTime, [organizationId, orderId]),
      ),
    };
  }

  /** @throws ContractBreachError for days that are none, or a cursor of another list. */
  async referrals(
    question: CommerceReferralsQuestion,
    caller: Caller,
    now: Date = new Date(),
  ): Promise<CommerceReferrals> {
    const range = dayRangeOf(question, now);
    const filters = {
      organizationId: onlyOwn(caller, 'organization', question.organizationId),
      kind: question.kind ?? null,
      code: question.code ?? null,
      userId: question.userId ?? null,
    };
    const isPlace = (ids: readonly string[]) => isListOf(2)(ids) && isUuid(ids[1]);
    const rows = await this.ledgers.referrals(range, filters, pageOf(question, isPlace));
    const row = await this.ledgers.funnel(range, filters.organizationId);
    const { counts, claimedLinks } = row;
    return {
      range: viewOf(range),
      filters,
      ...spokenOf(row),
      funnel: { ...counts, claimedLinks, claimRate: percentage(claimedLinks, counts.links) },
      amounts: row.amounts,
      ...paged(rows, question, referralEntry, ({ positionTime, organizationId, fact }) =>
        placeOf(positionTime, [organizationId, fact]),
      ),
      leftOut: { payments: row.leftOutPayments },
    };
  }

  /** @throws ContractBreachError for days that are none, or a cursor of another list. */
  async payouts(
    question: CommercePayoutsQuestion,
    caller: Caller,
    now: Date = new Date(),
  ): Promise<CommercePayouts> {
    const range = dayRangeOf(question, now);
    const filters = {
      organizationId: onlyOwn(caller, 'organization', question.organizationId),
      state: question.state ?? null,
      contributorId: question.contributorId ?? null,
    };
    const rows = await this.ledgers.payouts(range, filters, pageOf(question, isListOf(4)));
    const { totals, leftOutPayments } = await this.ledgers.payoutTotals(
      range,
      filters.organizationId,
    );
    return {
      range: viewOf(range),
      filters,
      ...spokenOf(await this.ledgers.freshness(range, filters.organizationId)),
      totals,
      ...paged(rows, question, payoutView, (row) =>
        placeOf(row.positionTime, [
          row.organizationId,
          row.contributorId,
          row.periodMonth,
          row.currency,
        ]),
      ),
      leftOut: { payments: leftOutPayments },
    };
  }
}

/** One more than asked for tells whether there is a next page. */
function pageOf({ cursor, limit }: PageQuery, isPlace: (ids: readonly string[]) => boolean): Page {
  const position = positionOf(cursor, (id) => isPlace(idsOf(id)));
  const after = position && { time: position.time, ids: idsOf(position.id) };
  return { after, limit: limit + 1 };
}

/** @throws where it is no JSON: a cursor of another list, which its reader says. */
function idsOf(id: string): readonly string[] {
  const ids = JSON.parse(id) as unknown;
  return Array.isArray(ids) && ids.every(isStorableText) ? ids : [];
}

const isStorableText = (id: unknown): id is string => typeof id === 'string' && !id.includes('\0');

const isListOf =
  (length: number) =>
  (ids: readonly string[]): boolean =>
    ids.length === length;

function paged<Row, View>(
  rows: readonly Row[],
  { limit }: PageQuery,
  view: (row: Row) => View,
  placeIn: (row: Row) => Position,
): { readonly items: View[]; readonly nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const more = rows.length > page.length && last !== undefined;
  return { items: page.map(view), nextCursor: more ? cursorOf(placeIn(last)) : null };
}

const said = (time: Date | null): string | null => time?.toISOString() ?? null;

const respelt = (time: string | null): string | null => said(time === null ? null : new Date(time));

const orderView = ({ positionTime: _place, ...row }: OrderRow): OrderView => ({
  ...row,
  firstSeenAt: new Date(row.firstSeenAt).toISOString(),
  createdAt: respelt(row.createdAt),
  completedAt: respelt(row.completedAt),
  canceledAt: respelt(row.canceledAt),
  refundedAt: respelt(row.refundedAt),
});

const referralEntry = ({
  positionTime: _place,
  fact: _fact,
  ...row
}: ReferralRow): ReferralEntry => ({
  ...row,
  happenedAt: row.happenedAt.toISOString(),
});

const payoutView = ({ positionTime: _place, ...row }: PayoutRow): PayoutView => ({
  ...row,
  calculatedAt: said(row.calculatedAt),
  sentAt: said(row.sentAt),
});
