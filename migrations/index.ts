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
import { CreateAssetSessions1764000030000 } from './1764000030000-create-asset-sessions.js';
import { CreateDailyMetrics1764000030100 } from './1764000030100-create-daily-metrics.js';
import { IndexRevenue1764000030200 } from './1764000030200-index-revenue.js';
import { AddCheckoutSessionFacts1764000032000 } from './1764000032000-add-checkout-session-facts.js';
import { CreateCheckoutFunnelHourly1764000032100 } from './1764000032100-create-checkout-funnel-hourly.js';
import { CreateCheckoutErrorsDaily1764000032200 } from './1764000032200-create-checkout-errors-daily.js';
import { CreatePersonalDataAccesses1764000032300 } from './1764000032300-create-personal-data-accesses.js';
import { CreateCockpitSessions1764000034000 } from './1764000034000-create-cockpit-sessions.js';
import { CreatePageVisits1764000034100 } from './1764000034100-create-page-visits.js';
import { CreateTrackingDaily1764000034200 } from './1764000034200-create-tracking-daily.js';
import { CreateRetiredEvents1764000035000 } from './1764000035000-create-retired-events.js';
import { CreateOrders1764000036000 } from './1764000036000-create-orders.js';
import { CreatePayouts1764000036100 } from './1764000036100-create-payouts.js';
import { CreateReferrals1764000036200 } from './1764000036200-create-referrals.js';
import { CreateCommerceDaily1764000036300 } from './1764000036300-create-commerce-daily.js';
import { IndexCommerceEventsAhead1764000036400 } from './1764000036400-index-commerce-events-ahead.js';
import { CreateBackfills1764000038000 } from './1764000038000-create-backfills.js';
import { BindAndRotateApiKeys1764000040000 } from './1764000040000-bind-and-rotate-api-keys.js';
import { CreateCheckoutEventsDaily1764000050000 } from './1764000050000-create-checkout-events-daily.js';
import { IndexConvertedSessions1764000050100 } from './1764000050100-index-converted-sessions.js';
import { CreateCheckoutTotalsDaily1764000060000 } from './1764000060000-create-checkout-totals-daily.js';
import { CreateCheckoutPaymentsDaily1764000060100 } from './1764000060100-create-checkout-payments-daily.js';
import { CountOrdersWithoutSession1764000060200 } from './1764000060200-count-orders-without-session.js';
import { DropIndexOfConvertedSessions1764000060300 } from './1764000060300-drop-index-of-converted-sessions.js';
import { AddDifferences1764000070300 } from './1764000070300-add-differences.js';
import { FindContactsAhead1764000071100 } from './1764000071100-find-contacts-ahead.js';
import { CreateCreatorVisitsDaily1764000080000 } from './1764000080000-create-creator-visits-daily.js';
import { IndexSessionsAtAssets1764000080100 } from './1764000080100-index-sessions-at-assets.js';
import { CountKnownThings1764000090000 } from './1764000090000-count-known-things.js';
import { CreateAssetVisitsDaily1764000091000 } from './1764000091000-create-asset-visits-daily.js';
import { IndexVisitorsOfAssets1764000091100 } from './1764000091100-index-visitors-of-assets.js';
import { IndexFirstDaysOfPages1764000092000 } from './1764000092000-index-first-days-of-pages.js';
import { CreateAssetFiguresDaily1764000093000 } from './1764000093000-create-asset-figures-daily.js';
import { PayAllTypesTogether1764000094000 } from './1764000094000-pay-all-types-together.js';

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
  CreateAssetSessions1764000030000,
  CreateDailyMetrics1764000030100,
  IndexRevenue1764000030200,
  AddCheckoutSessionFacts1764000032000,
  CreateCheckoutFunnelHourly1764000032100,
  CreateCheckoutErrorsDaily1764000032200,
  CreatePersonalDataAccesses1764000032300,
  CreateCockpitSessions1764000034000,
  CreatePageVisits1764000034100,
  CreateTrackingDaily1764000034200,
  CreateRetiredEvents1764000035000,
  CreateOrders1764000036000,
  CreatePayouts1764000036100,
  CreateReferrals1764000036200,
  CreateCommerceDaily1764000036300,
  IndexCommerceEventsAhead1764000036400,
  CreateBackfills1764000038000,
  BindAndRotateApiKeys1764000040000,
  CreateCheckoutEventsDaily1764000050000,
  IndexConvertedSessions1764000050100,
  CreateCheckoutTotalsDaily1764000060000,
  CreateCheckoutPaymentsDaily1764000060100,
  CountOrdersWithoutSession1764000060200,
  DropIndexOfConvertedSessions1764000060300,
  AddDifferences1764000070300,
  FindContactsAhead1764000071100,
  CreateCreatorVisitsDaily1764000080000,
  IndexSessionsAtAssets1764000080100,
  CountKnownThings1764000090000,
  CreateAssetVisitsDaily1764000091000,
  IndexVisitorsOfAssets1764000091100,
  IndexFirstDaysOfPages1764000092000,
  CreateAssetFiguresDaily1764000093000,
  PayAllTypesTogether1764000094000,
];
