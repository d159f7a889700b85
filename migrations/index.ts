import { CreateCheckoutEvents1764000000000 } from './1764000000000-create-checkout-events.js';
import { CreateOffers1764000001000 } from './1764000001000-create-offers.js';
import { CreateApiKeys1764000002000 } from './1764000002000-create-api-keys.js';
import { CreateRejectedEvents1764000003000 } from './1764000003000-create-rejected-events.js';
import { CreateWriterBatches1764000004000 } from './1764000004000-create-writer-batches.js';
import { CollateOffers1764000005000 } from './1764000005000-collate-offers.js';
import { IndexRejectedEvents1764000006000 } from './1764000006000-index-rejected-events.js';
import { AddRetries1764000007000 } from './1764000007000-add-retries.js';
import { IndexEventsAhead1764000008000 } from './1764000008000-index-events-ahead.js';
import { CreateTrackingEvents1764000010000 } from './1764000010000-create-tracking-events.js';
import { CreateEvents1764000011000 } from './1764000011000-create-events.js';
import { CreateCommerceEvents1764000012000 } from './1764000012000-create-commerce-events.js';
import { CreateEventKeys1764000013000 } from './1764000013000-create-event-keys.js';
import { CreateCatalogue1764000014000 } from './1764000014000-create-catalogue.js';
import { CreatePropsKeyUses1764000015000 } from './1764000015000-create-props-key-uses.js';
import { CreateJobs1764000020000 } from './1764000020000-create-jobs.js';
import { CreateProjectorCursors1764000021000 } from './1764000021000-create-projector-cursors.js';
import { CreateCheckoutSessions1764000022000 } from './1764000022000-create-checkout-sessions.js';
import { CreateCheckoutFunnelDaily1764000023000 } from './1764000023000-create-checkout-funnel-daily.js';
import { CreateOrders1764000036000 } from './1764000036000-create-orders.js';
import { BindAndRotateApiKeys1764000040000 } from './1764000040000-bind-and-rotate-api-keys.js';

/** Every migration, in the order in which they run. Never edited once merged, only added to. */
export const migrations = [
  CreateCheckoutEvents1764000000000,
  CreateOffers1764000001000,
  CreateApiKeys1764000002000,
  CreateRejectedEvents1764000003000,
  CreateWriterBatches1764000004000,
  CollateOffers1764000005000,
  IndexRejectedEvents1764000006000,
  AddRetries1764000007000,
  IndexEventsAhead1764000008000,
  CreateTrackingEvents1764000010000,
  CreateEvents1764000011000,
  CreateCommerceEvents1764000012000,
  CreateEventKeys1764000013000,
  CreateCatalogue1764000014000,
  CreatePropsKeyUses1764000015000,
  CreateJobs1764000020000,
  CreateProjectorCursors1764000021000,
  CreateCheckoutSessions1764000022000,
  CreateCheckoutFunnelDaily1764000023000,
  CreateOrders1764000036000,
  BindAndRotateApiKeys1764000040000,
];
