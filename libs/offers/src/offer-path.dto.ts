import { TextField } from '#libs/contracts';

/** The offer that a path names, within the limits of the contracts' `offerId`. */
export class OfferPath {
  @TextField({
    description: 'The offer, as events name it.',
    maxLength: 200,
    example: 'offer-1',
  })
  readonly offerId: string;
}
