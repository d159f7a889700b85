import {
  ANALYTICS_BATCH_EXAMPLE,
  ANALYTICS_EVENT_EXAMPLES,
  AnalyticsEventDto,
  analyticsEventTraits,
  AnalyticsLog,
} from '#libs/contracts';
import {
  type Caller,
  Config,
  type HearsRefusals,
  IngestionEndpoint,
  type Outcome,
  type Receipt,
  type Refused,
} from '#libs/platform';
import { Controller } from '@nestjs/common';
import { Refusals } from '../refusals.js';
import { allowancesOf } from './allowances.js';
import { ANALYTICS_ANSWERS } from './analytics.answers.js';
import { ANALYTICS_GUIDE } from './analytics.guide.js';
import { AnalyticsIngestion } from './analytics-ingestion.js';
import { trustOf } from './sender.js';

const MOST_IN_A_BATCH = { key: 500, user: 100, anonymous: 50 };

@Controller()
export class AnalyticsController implements HearsRefusals {
  constructor(
    private readonly ingestion: AnalyticsIngestion,
    private readonly refusals: Refusals,
    private readonly log: AnalyticsLog,
    private readonly config: Config,
  ) {}

  @IngestionEndpoint<AnalyticsEventDto, AnalyticsController>({
    name: 'analytics',
    paths: ['events/analytics'],
    batch: {
      path: 'events/analytics/batch',
      most: (caller) => MOST_IN_A_BATCH[trustOf(caller)],
      description:
        'At most 500 events with an ingest key, 100 with the token of a user, 50 otherwise, and ' +
        '1 MiB. `skipped`: not stored, by a privacy signal. `rejected`: broken, or more than its ' +
        'sender may say, as the second event of the example is without a key. A bad event never ' +
        'spoils its neighbours.',
      example: ANALYTICS_BATCH_EXAMPLE,
    },
    contract: AnalyticsEventDto,
    summary: 'Track an event of the creators’ platform',
    description: ANALYTICS_GUIDE,
    examples: ANALYTICS_EVENT_EXAMPLES,
    bodyLimit: 102_400,
    caller: 'optional',
    cors: { headers: ['content-type', 'authorization'] },
    rateLimit: (event, receipt, caller, { config }) =>
      allowancesOf(event, receipt, caller, config.ANALYTICS_KEY_RATE_LIMIT),
    traits: analyticsEventTraits,
    answers: ANALYTICS_ANSWERS,
  })
  record(event: AnalyticsEventDto, receipt: Receipt, caller: Caller): Promise<Outcome> {
    return this.ingestion.record(event, receipt, caller);
  }

  /** Of a sender who asks not to be tracked nothing is kept, not even what was refused. */
  refused(refused: Refused): void {
    const isPrivate = refused.receipt.privacySignal !== undefined;
    const shown = isPrivate ? { ...refused, payload: null } : refused;
    this.log.invalid(shown, this.config.ENCRYPTED_PROPS);
    if (!isPrivate) this.refusals.keep('analytics', refused);
  }
}
