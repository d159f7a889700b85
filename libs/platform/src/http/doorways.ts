import { Injectable } from '@nestjs/common';
import { Authenticator } from '../access/authenticator.js';
import { TrustedNetworks } from '../access/trusted-networks.js';
import { BatchDoorway } from './batch-doorway.js';
import type { Check } from './check.js';
import { type DeclaredEndpoint, handlerOf } from './declared-endpoints.js';
import { DoorMetrics } from './door.metrics.js';
import type { Behind, Doorway } from './doorway.js';
import { Intake, type Receiver } from './intake.js';
import { RateLimiter } from './rate-limiter.js';
import { Receipts } from './receipts.js';
import { SecondLook } from './second-look.js';
import { SingleDoorway } from './single-doorway.js';

/** The ways to one contract: for senders, for what was refused before, and for other transports. */
export interface Ways {
  readonly single: Doorway;
  readonly batch: Doorway | null;
  readonly again: SecondLook;
  /** For another transport than HTTP. */
  readonly intake: (receiver: Receiver) => Intake;
}

/** Builds what a declaration asks for. */
@Injectable()
export class Doorways {
  constructor(
    private readonly receipts: Receipts,
    private readonly authenticator: Authenticator,
    private readonly networks: TrustedNetworks,
    private readonly limiter: RateLimiter,
    private readonly metrics: DoorMetrics,
  ) {}

  of(declared: DeclaredEndpoint, check: Check): Ways {
    const { options, controller } = declared;
    const behind: Behind = {
      options,
      check,
      handler: handlerOf(declared),
      controller: controller.instance,
      figures: this.metrics.of(options.name),
      receipts: this.receipts,
      authenticator: this.authenticator,
      networks: this.networks,
      limiter: this.limiter,
    };
    return {
      single: new SingleDoorway(behind),
      batch: options.batch ? new BatchDoorway(behind, options.batch) : null,
      again: new SecondLook(behind),
      intake: (receiver) => new Intake(behind, receiver),
    };
  }
}
