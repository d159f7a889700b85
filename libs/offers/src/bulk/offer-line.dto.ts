import { PutOfferDto } from '#libs/contracts';
import { IntersectionType } from '@nestjs/swagger';
import { OfferPath } from '../offer-path.dto.js';
import type { FileKind } from './file-kind.js';

/** An offer in a file: what `PUT /offers/{offerId}` takes in its path and its body, together. */
export class OfferLine extends IntersectionType(OfferPath, PutOfferDto) {}

export const OFFER_COLUMNS = [
  'offerId',
  'productId',
  'producerId',
] as const satisfies readonly (keyof OfferLine)[];

export const OFFER_FILES: FileKind<OfferLine> = {
  one: 'offer',
  noun: 'offers',
  dto: OfferLine,
  id: 'offerId',
  required: OFFER_COLUMNS,
  optional: [],
};
