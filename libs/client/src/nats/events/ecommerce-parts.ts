import type { FacebookCAPIEvent, FacebookUserData, GA4Item } from '../../contract/types.js';
import { majorUnits } from '../../major-units.js';
import { unixSecondsOf } from '../clock.js';

/** One position of an order. */
export interface PublishedItem {
  readonly productId: string;
  readonly productName?: string | undefined;
  readonly quantity: number;
  /** Of one, in whole minor units of the order's currency. */
  readonly priceMinor: number;
}

export const ga4Item = (item: PublishedItem, currency: string): GA4Item => ({
  item_id: item.productId,
  item_name: item.productName ?? '',
  price: majorUnits(item.priceMinor, currency, 'priceMinor'),
  quantity: item.quantity,
  currency,
});

/** Whom Meta may match is left out only where an event knows nobody, not where it knows nothing. */
export const capiEvent = (
  name: string,
  at: number,
  { user, custom }: { user?: FacebookUserData; custom: Readonly<Record<string, unknown>> },
): FacebookCAPIEvent => ({
  event_name: name,
  event_time: unixSecondsOf(at),
  action_source: 'website',
  user_data: user,
  custom_data: custom,
});
