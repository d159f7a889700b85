import { Injectable } from '@nestjs/common';
import { FileImport } from './file-import.js';
import { OfferBatches } from './offer-batches.repository.js';
import { OFFER_FILES, type OfferLine } from './offer-line.dto.js';
import { OffersLog } from './offers.log.js';

/** Takes offers from files. */
@Injectable()
export class OfferImport extends FileImport<OfferLine> {
  constructor(batches: OfferBatches, log: OffersLog) {
    super(OFFER_FILES, batches, log);
  }
}
