import { type CommerceAdded, type CommerceEvent, CommerceLog, isEnvelope } from '#libs/contracts';
import type { NewCommerceEvent, Queries } from '#libs/database';
import { Metrics, type Receipt } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { COMMERCE_EVENTS } from './commerce-events.sql.js';
import { commerceRow } from './commerce-row.js';
import type { ContractWriter, Entry, NotStorableError, Offer } from './contract-writer.js';

/** Commerce events of both spellings and transports to `commerce_events`. */
@Injectable()
export class CommerceWriter implements ContractWriter<
  CommerceEvent,
  NewCommerceEvent,
  CommerceAdded
> {
  readonly contract = 'commerce';
  readonly table = COMMERCE_EVENTS;

  private readonly unreadable: Counter;

  constructor(
    private readonly log: CommerceLog,
    metrics: Metrics,
  ) {
    this.unreadable = metrics.counter(
      'events_money_unreadable_total',
      'Commerce events whose amount or currency cannot be read: kept as sent, in no total.',
    );
  }

  toRow(
    event: CommerceEvent,
    receipt: Receipt,
    _offer: Offer | null,
    added: CommerceAdded,
  ): NewCommerceEvent {
    return commerceRow(event, receipt, added);
  }

  /** The keys of envelopes hold their time; what is sent once has no retry. */
  eventKeyOf({ wire, idempotencyKey }: NewCommerceEvent): string | null {
    return wire === 'collector' && !idempotencyKey.startsWith('["once"') ? idempotencyKey : null;
  }

  /** Counted here, where a batch that is tried again counts once more only if it came so far. */
  async followUp(_queries: Queries, fresh: readonly Entry<NewCommerceEvent>[]): Promise<void> {
    const unreadable = ({ row }: Entry<NewCommerceEvent>): boolean =>
      row.amount !== null && row.amountMinor === null;
    this.unreadable.inc(fresh.filter(unreadable).length);
  }

  eventIdOf(event: CommerceEvent): string {
    return (isEnvelope(event) ? event.id : event.event_id) ?? '';
  }

  offerIdOf(): null {
    return null;
  }

  persistFailed(event: CommerceEvent, error: NotStorableError, receipt: Receipt): void {
    this.log.persistFailed(this.eventIdOf(event) || undefined, error, receipt);
  }
}
