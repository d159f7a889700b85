import type { CommerceEvent } from '../../contract/types.js';
import { currencyOf, majorUnits } from '../../major-units.js';
import { timestampOf } from '../clock.js';
import { SUBJECTS, typeOf } from '../subjects.js';
import { capiEvent } from './ecommerce-parts.js';

/** A checkout session that began at the back end. */
export interface PublishedCheckout {
  readonly sessionId: string;
  /** Whose shop. */
  readonly orgId: string;
  /** Whole minor units. */
  readonly totalMinor: number;
  /** ISO 4217; blank means USD. */
  readonly currency: string;
}

export function checkoutStarted(checkout: PublishedCheckout, at: number): CommerceEvent {
  const { sessionId, orgId } = checkout;
  const currency = currencyOf(checkout.currency);
  const value = majorUnits(checkout.totalMinor, currency, 'totalMinor');
  return {
    id: sessionId,
    type: typeOf(SUBJECTS.CHECKOUT_STARTED),
    timestamp: timestampOf(at),
    organization_id: orgId,
    data: { session_id: sessionId, value, currency },
    ga4: { event_name: 'begin_checkout', currency, value: value || undefined },
    facebook_capi: capiEvent('InitiateCheckout', at, { custom: { currency, value } }),
  };
}
