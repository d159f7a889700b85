export { Database, DatabaseAwayError, type Queries, type Statement } from './database.js';
export { ApiKeyEntity } from './entities/api-key.entity.js';
export { CheckoutEventEntity, type NewCheckoutEvent } from './entities/checkout-event.entity.js';
export { OfferEntity } from './entities/offer.entity.js';
export {
  REJECTED_EVENT_STATES,
  RejectedEventEntity,
  type RejectedEventState,
} from './entities/rejected-event.entity.js';
export { WriterBatchEntity } from './entities/writer-batch.entity.js';
export type { Mirrors } from './mirrors.js';
