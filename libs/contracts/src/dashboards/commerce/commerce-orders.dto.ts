import { IntersectionType } from '@nestjs/swagger';
import {
  AnswerAmount,
  AnswerCount,
  AnswerFlag,
  AnswerList,
  AnswerPart,
  AnswerText,
  AnswerTime,
  AnswerValue,
  NextCursor,
} from '../../answer-fields.js';
import { CatalogueField, TextField } from '../../fields.js';
import { PageQuery } from '../../page.dto.js';
import { ORDER_STATES, type OrderState } from './commerce.catalogue.js';
import { CommerceAnswer, CommerceFilters, CommerceQuestion } from './commerce-question.dto.js';

export class CommerceOrdersQuestion extends IntersectionType(CommerceQuestion, PageQuery) {
  @CatalogueField({
    description: 'Only orders that have come so far.',
    name: 'OrderState',
    values: ORDER_STATES,
    optional: true,
  })
  readonly state?: OrderState;

  @TextField({ description: 'Only in this currency: `EUR`.', maxLength: 64, optional: true })
  readonly currency?: string;

  @TextField({ description: 'Only orders with this id.', maxLength: 200, optional: true })
  readonly orderId?: string;

  @TextField({ description: 'Only of this checkout session.', maxLength: 200, optional: true })
  readonly sessionId?: string;
}

/** The filters of the question, as they were understood; null where there was none. */
export class CommerceOrdersFilters extends CommerceFilters {
  @AnswerValue({
    description: 'How far the orders have come.',
    name: 'OrderState',
    values: ORDER_STATES,
    nullable: true,
  })
  readonly state: OrderState | null;

  @AnswerText({ description: 'The currency.', nullable: true, example: 'EUR' })
  readonly currency: string | null;

  @AnswerText({ description: 'The order.', nullable: true, example: 'ord_1001' })
  readonly orderId: string | null;

  @AnswerText({ description: 'The checkout session.', nullable: true, example: 'chk_4c1d9e02' })
  readonly sessionId: string | null;
}

/** How many events told what of an order. */
export class OrderEvents {
  @AnswerCount({ description: '`order.created`.', example: 1 })
  readonly created: number;

  @AnswerCount({ description: '`order.completed`, over both transports.', example: 2 })
  readonly completed: number;

  @AnswerCount({ description: '`order.canceled`.', example: 0 })
  readonly canceled: number;

  @AnswerCount({ description: '`order.refunded`: each is a refund.', example: 1 })
  readonly refunded: number;
}

/** One order, as its events tell it. */
export class OrderView {
  @AnswerText({
    description: 'Whose shop; null where its events do not say.',
    nullable: true,
    example: 'acme',
  })
  readonly organizationId: string | null;

  @AnswerText({ description: 'Its id.', example: 'ord_1001' })
  readonly orderId: string;

  @AnswerValue({ description: 'How far it has come.', name: 'OrderState', values: ORDER_STATES })
  readonly state: OrderState;

  @AnswerText({
    description: 'The checkout session; null where no event says.',
    nullable: true,
    example: 'chk_4c1d9e02',
  })
  readonly sessionId: string | null;

  @AnswerTime({ description: 'Its first event.', example: '2026-01-15T12:00:00.000Z' })
  readonly firstSeenAt: string;

  @AnswerTime({
    description: 'The first `order.created`.',
    nullable: true,
    example: '2026-01-15T12:00:00.000Z',
  })
  readonly createdAt: string | null;

  @AnswerTime({
    description: 'The first `order.completed`, over either transport: then it is income.',
    nullable: true,
    example: '2026-01-15T12:02:00.468Z',
  })
  readonly completedAt: string | null;

  @AnswerTime({
    description: 'The first `order.canceled`; of a completed order the first after that.',
    nullable: true,
  })
  readonly canceledAt: string | null;

  @AnswerTime({
    description: 'The last `order.refunded`.',
    nullable: true,
    example: '2026-01-16T09:30:00.000Z',
  })
  readonly refundedAt: string | null;

  @AnswerAmount({
    description:
      'What its first completion says, in minor units; null while there is none, and where it ' +
      'cannot be read.',
    nullable: true,
    example: 5997,
  })
  readonly amountMinor: number | null;

  @AnswerText({
    description: 'What its first completion says; also what is no currency.',
    nullable: true,
    example: 'EUR',
  })
  readonly currency: string | null;

  @AnswerAmount({ description: 'What was refunded of it.', example: 1000 })
  readonly refundedMinor: number;

  @AnswerAmount({
    description: 'What it is as income: 0 where it is none, or is canceled.',
    example: 4997,
  })
  readonly netMinor: number;

  @AnswerFlag({
    description: 'Whether it was completed and is in no total: its amount cannot be read.',
    example: false,
  })
  readonly isLeftOut: boolean;

  @AnswerCount({ description: 'Refunds that are not in `refundedMinor`.', example: 0 })
  readonly leftOutRefunds: number;

  @AnswerPart(OrderEvents, 'What its events were.')
  readonly events: OrderEvents;
}

/** A page of orders, newest first. */
export class CommerceOrders extends CommerceAnswer {
  @AnswerPart(CommerceOrdersFilters, 'The filters of the question, as they were understood.')
  declare readonly filters: CommerceOrdersFilters;

  @AnswerList(OrderView, 'Orders whose first event is in these days, newest first.')
  readonly items: readonly OrderView[];

  @NextCursor()
  readonly nextCursor: string | null;
}
