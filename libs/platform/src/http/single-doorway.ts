import { ContractBreachError } from '../errors/contract-breach.error.js';
import { type Behind, Doorway } from './doorway.js';
import type { Traits } from './endpoint-options.js';
import { asSent, readObject } from './json-body.js';
import { type Answer, LOST, type Outcome } from './outcome.js';
import { reasonOf } from './refused.js';
import { suppressionOf } from './suppression.js';
import type { Headers } from './replies.js';
import type { Visit } from './visit.js';

/** Takes one event a request and answers its outcome as the contract declares. */
export class SingleDoorway extends Doorway {
  private readonly headers: Readonly<Record<Outcome['verdict'], Headers>>;

  constructor(behind: Behind) {
    super(behind, behind.options.bodyLimit);
    const { kept, lost, skipped = kept } = behind.options.answers;
    this.headers = { kept: flat(kept), lost: flat(lost), skipped: flat(skipped) };
  }

  protected override judge(visit: Visit, bytes: Buffer): void {
    const { body, fault } = readObject(bytes);
    if (fault) {
      this.refusals.refuse(visit, fault.reason, [fault.breach], null);
      return;
    }
    const { breaches, unknownFields, isAsSent } = this.behind.check(body);
    this.behind.figures.knewNot(unknownFields);
    if (breaches.length > 0) {
      this.refusals.refuse(visit, 'breach', breaches, asSent(bytes));
      return;
    }
    const sent = isAsSent ? bytes : undefined;
    this.hand(visit, body, sent).catch((error: unknown) => this.fail(visit, error));
  }

  private async hand(visit: Visit, event: object, sent: Uint8Array | undefined): Promise<void> {
    const { options, handler } = this.behind;
    try {
      const traits = options.traits(event);
      if (options.rateLimit) {
        const waitMs = await this.mustWait(visit, this.allowancesOf(visit, event));
        if (waitMs > 0) {
          this.suppress(visit, traits, waitMs, event);
          return;
        }
      }
      this.settle(visit, traits, await handler(event, visit.receipt, visit.caller, sent));
    } catch (error) {
      if (!(error instanceof ContractBreachError) || visit.counted) throw error;
      this.refusals.refuse(visit, reasonOf(error), error.breaches, event);
    }
  }

  private suppress(visit: Visit, { name }: Traits, waitMs: number, event: object): void {
    visit.counted = true;
    this.behind.figures.suppressed(name, 'rate_limited');
    this.refusals.refuseForNow(visit, waitMs, event);
  }

  private settle(visit: Visit, traits: Traits, outcome: Outcome): void {
    const { figures } = this.behind;
    if (outcome.verdict === 'kept') figures.kept(traits, visit.receipt);
    else if (outcome.verdict === 'lost') figures.lost(traits.name);
    else figures.suppressed(traits.name, suppressionOf(visit.receipt));
    visit.counted = true;
    this.answer(visit, outcome);
  }

  private answer(visit: Visit, outcome: Outcome): void {
    const { answers } = this.behind.options;
    const { status, body } = answers[outcome.verdict] ?? answers.kept;
    const text = body && JSON.stringify(body(outcome, visit.receipt));
    this.replies.send(visit, status, this.headers[outcome.verdict], text);
  }

  protected override answerLost(visit: Visit): void {
    try {
      this.answer(visit, LOST);
    } catch {
      this.replies.send(
        visit,
        this.behind.options.answers.lost.status,
        this.headers.lost,
        undefined,
      );
    }
  }
}

const flat = ({ headers = {} }: Answer): Headers => Object.entries(headers).flat();
