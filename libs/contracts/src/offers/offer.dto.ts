import { AnswerList, AnswerText, AnswerTime, NextCursor } from '../answer-fields.js';
import { TextField } from '../fields.js';
import { PageQuery } from '../page.dto.js';

/** What an offer stands for. */
export class PutOfferDto {
  @TextField({ description: 'The product on sale.', maxLength: 200, example: 'product-1' })
  readonly productId: string;

  @TextField({ description: 'Who sells it.', maxLength: 200, example: 'producer-1' })
  readonly producerId: string;
}

export class ListOffersQuery extends PageQuery {
  @TextField({
    description: 'Only offers whose id begins so.',
    maxLength: 200,
    optional: true,
    example: 'offer-',
  })
  readonly prefix?: string;
}

export class OfferView {
  @AnswerText({ description: 'The offer, as events name it.', example: 'offer-1' })
  readonly offerId: string;

  @AnswerText({ description: 'The product on sale.', example: 'product-1' })
  readonly productId: string;

  @AnswerText({ description: 'Who sells it.', example: 'producer-1' })
  readonly producerId: string;

  @AnswerTime({ description: 'When the offer was first put.' })
  readonly createdAt: string;

  @AnswerTime({ description: 'When the offer was last put.' })
  readonly updatedAt: string;
}

export class OfferPage {
  @AnswerList(OfferView, 'By offer id.')
  readonly items: readonly OfferView[];

  @NextCursor()
  readonly nextCursor: string | null;
}
