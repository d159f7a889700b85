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
import { analyticsBatchGuide, analyticsGuide } from './analytics.guide.js';
import { AnalyticsIngestion } from './analytics-ingestion.js';
import { trustOf } from './sender.js';

const MOST_IN_A_BATCH = { key: 500, user: 100, anonymous: 50 };
const BODY_LIMIT = 102_400;

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
      description: analyticsBatchGuide(MOST_IN_A_BATCH, BODY_LIMIT),
      example: ANALYTICS_BATCH_EXAMPLE,
    },
    contract: AnalyticsEventDto,
    summary: 'Track an event of the creators’ platform',
    description: analyticsGuide(BODY_LIMIT),
    examples: ANALYTICS_EVENT_EXAMPLES,
    bodyLimit: BODY_LIMIT,
    caller: 'optional',
    cors: { headers: ['content-type', 'authorization'] },
    rateLimit: (event, receipt, caller, { config }) =>
      allowancesOf(event, receipt, caller, config.ANALYTICS_KEY_RATE_LIMIT),
    traits: analyticsEventTraits,
    answers: ANALYTICS_ANSWERS,
  })
  record(
    event: AnalyticsEventDto,
    receipt: Receipt,
    caller: Caller,
    sent?: Uint8Array,
  ): Promise<Outcome> {
    return this.ingestion.record(event, receipt, caller, sent);
  }

  /** Of a sender who asks not to be tracked nothing is kept, not even what was refused. */
  refused(refused: Refused): void {
    const isPrivate = refused.receipt.privacySignal !== undefined;
    const shown = isPrivate ? { ...refused, payload: null } : refused;
    this.log.invalid(shown, this.config.ENCRYPTED_PROPS);
    if (!isPrivate) this.refusals.keep('analytics', refused);
  }
}
