import { AnswerText, AnswerValue } from '../../answer-fields.js';
import { CatalogueField, TextField } from '../../fields.js';
import { DayRangeQuery } from '../day-range.dto.js';
import { type Traffic, TRAFFICS } from './traffic.catalogue.js';

/** What every checkout dashboard can be asked: some days, and some of their events. */
export class CheckoutQuestion extends DayRangeQuery {
  @TextField({ description: 'Only what happened at this offer.', maxLength: 200, optional: true })
  readonly offerId?: string;

  @TextField({
    description: 'Only what happened at offers that were this producer’s at that time.',
    maxLength: 200,
    optional: true,
  })
  readonly producerId?: string;

  @TextField({
    description: 'Only what happened at offers that stood for this product at that time.',
    maxLength: 200,
    optional: true,
  })
  readonly productId?: string;

  @CatalogueField({
    description:
      '`production` leaves out what its environment or mode calls sandbox or development, and ' +
      'what comes from localhost or from a host that is an IP address. `all` leaves out nothing.',
    name: 'Traffic',
    values: TRAFFICS,
    default: 'production',
    optional: true,
  })
  readonly traffic: Traffic = 'production';
}

/** The filters of the question, as they were understood; null where there was none. */
export class CheckoutFilters {
  @AnswerText({ description: 'The offer.', nullable: true, example: 'offer-1' })
  readonly offerId: string | null;

  @AnswerText({ description: 'The producer.', nullable: true, example: 'producer-1' })
  readonly producerId: string | null;

  @AnswerText({ description: 'The product.', nullable: true, example: 'product-1' })
  readonly productId: string | null;

  @AnswerValue({ description: 'Which events count.', name: 'Traffic', values: TRAFFICS })
  readonly traffic: Traffic;
}
