import { CommerceEventDto, CommerceLog } from '#libs/contracts';
import { EventLog } from '#libs/event-log';
import { Door, type Intake, type Receipt, type Refused, textWithin } from '#libs/platform';
import type { JsMsg } from '@nats-io/jetstream';
import { Injectable } from '@nestjs/common';
import { CommerceIngestion } from '../commerce/commerce-ingestion.js';
import { receiptOf } from './message-receipt.js';
import { type MessageOutcome, NatsMetrics } from './nats.metrics.js';

/** How much of a refused message is kept. */
const RAW_BYTES = 8192;
const ACK_WITHIN_MS = 5000;
const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 60_000;
/** A message whose judging fails so often is set aside: nothing heals it but a release. */
const MOST_DELIVERIES = 20;

/**
 * Takes the messages of the commerce stream, one by one, into the event log.
 *
 * A message is acknowledged once its event, or the refusal of it, survives a crash; until then the
 * stream keeps it. One whose acknowledgement is lost comes again as the same record, byte for byte,
 * and the key of its row decides.
 */
@Injectable()
export class CommerceMessages {
  private intake: Intake | null = null;

  constructor(
    private readonly door: Door,
    private readonly ingestion: CommerceIngestion,
    private readonly eventLog: EventLog,
    private readonly log: CommerceLog,
    private readonly metrics: NatsMetrics,
  ) {}

  /** After the doors were opened. Never rejects. */
  async take(message: JsMsg): Promise<MessageOutcome> {
    if (message.redelivered) this.metrics.cameAgain();
    const outcome = await this.outcomeOf(message);
    this.metrics.became(outcome);
    if (outcome === 'again') giveBack(message);
    else await this.acknowledge(message);
    return outcome;
  }

  private async outcomeOf(message: JsMsg): Promise<MessageOutcome> {
    this.intake ??= this.openIntake();
    const receipt = receiptOf(message);
    let taken = await this.intake.take(message.data, receipt);
    if (taken === 'broken' && message.info.deliveryCount >= MOST_DELIVERIES) {
      taken = await this.intake.setAside(unjudgeable(message, receipt), message.data);
    }
    if (taken === 'kept') return 'kept';
    return taken === 'refused' ? 'set_aside' : 'again';
  }

  private openIntake(): Intake {
    return this.door.intakeOf(CommerceEventDto, {
      record: (event, receipt) =>
        this.ingestion.record(event as CommerceEventDto, receipt, {
          wire: 'envelope',
          caller: null,
        }),
      refused: (refused, bytes) => this.keepRefusal(refused, bytes),
    });
  }

  private async keepRefusal(refused: Refused, bytes: Uint8Array): Promise<void> {
    const { reason, breaches, receipt } = refused;
    const raw = rawText(bytes);
    await this.eventLog.append([
      { kind: 'refusal', contract: 'commerce', reason, raw, breaches, receipt },
    ]);
    this.log.invalid(refused);
  }

  private async acknowledge(message: JsMsg): Promise<void> {
    try {
      await message.ackAck({ timeout: ACK_WITHIN_MS });
    } catch {
      this.metrics.notAcknowledged();
    }
  }
}

/** Later each time. Where this does not arrive, the server waits for its own time and tries again. */
function giveBack(message: JsMsg): void {
  const tries = Math.min(message.info.deliveryCount, 10);
  const delay = Math.min(FIRST_DELAY_MS * 2 ** (tries - 1), LONGEST_DELAY_MS);
  try {
    message.nak(Math.round(delay * (0.5 + Math.random() / 2)));
  } catch {
    // The connection is gone.
  }
}

const unjudgeable = ({ data }: JsMsg, receipt: Receipt): Refused => ({
  reason: 'breach',
  breaches: [{ field: 'body', reason: `could not be judged ${MOST_DELIVERIES} times` }],
  payload: null,
  size: data.length,
  receipt,
});

/** What is no UTF-8 is kept as far as it is. */
const rawText = (bytes: Uint8Array): string =>
  textWithin(Buffer.from(bytes.subarray(0, RAW_BYTES)).toString(), RAW_BYTES);
