import { type Breach, ContractBreachError } from '../errors/contract-breach.error.js';
import { OTHER_EVENT } from './door.metrics.js';
import { type Behind, Doorway } from './doorway.js';
import type { BatchOptions, Traits } from './endpoint-options.js';
import { asSent, type Reading, readObject, unreadable, WHOLE_BODY } from './json-body.js';
import { membersOf, type Span } from './json-shape.js';
import type { Outcome } from './outcome.js';
import type { RefusalReason } from './refused.js';
import { suppressionOf } from './suppression.js';
import type { Visit } from './visit.js';

/** Bytes of a whole batch, on the wire and decoded alike. */
export const BATCH_LIMIT = 1024 * 1024;

export type Verdict = 'accepted' | 'rejected' | 'skipped' | 'failed';

/** What became of one event of a batch. */
export interface Result {
  readonly eventId: string | null;
  readonly verdict: Verdict;
  readonly breaches?: readonly Breach[];
}

/** A member that keeps its contract. */
interface Sound {
  readonly event: object;
  readonly traits: Traits;
  readonly size: number;
}

type Member = Sound | Result;

const VERDICTS: Readonly<Record<Outcome['verdict'], Verdict>> = {
  kept: 'accepted',
  lost: 'failed',
  skipped: 'skipped',
};
const LONGEST_ID = 200;

/** Takes an array of events and answers one verdict each, in order: none spoils its neighbours. */
export class BatchDoorway extends Doorway {
  constructor(
    behind: Behind,
    private readonly batch: BatchOptions,
  ) {
    super(behind, BATCH_LIMIT);
  }

  protected override judge(visit: Visit, bytes: Buffer): void {
    const most = this.batch.most(visit.caller);
    const spans = membersOf(bytes, most);
    if (spans === 'broken') {
      this.refusals.refuse(
        visit,
        'not_json',
        [{ field: WHOLE_BODY, reason: 'is not a JSON array' }],
        null,
      );
    } else if (spans === 'too_many') {
      const breach = { field: WHOLE_BODY, reason: `holds more than ${most} events` };
      this.refusals.refuse(visit, 'too_large', [breach], null);
    } else {
      this.hand(visit, bytes, spans).catch((error: unknown) => this.fail(visit, error));
    }
  }

  private async hand(visit: Visit, bytes: Buffer, spans: readonly Span[]): Promise<void> {
    const members = spans.map((span) => this.read(visit, bytes, span));
    const sound = members.filter(isSound);
    const waitMs = await this.mustWait(visit, this.allowancesOf(visit, sound));
    visit.counted = true; // from here on each member by itself
    if (waitMs > 0) {
      this.suppress(sound);
      this.refusals.refuseForNow(visit, waitMs, null);
      return;
    }
    const results = await Promise.all(members.map((member) => this.resultOf(visit, member)));
    this.replies.send(visit, 200, [], JSON.stringify({ results }));
  }

  private suppress(sound: readonly Sound[]): void {
    for (const { traits } of sound) this.behind.figures.suppressed(traits.name, 'rate_limited');
  }

  private read(visit: Visit, batch: Buffer, { start, end }: Span): Member {
    const bytes = batch.subarray(start, end);
    const { body, fault } = this.readingOf(bytes);
    if (fault) return this.reject(visit, fault.reason, [fault.breach], null, bytes.length);
    try {
      const { breaches, unknownFields } = this.behind.check(body);
      this.behind.figures.knewNot(unknownFields);
      if (breaches.length === 0) {
        return { event: body, traits: this.behind.options.traits(body), size: bytes.length };
      }
      return this.reject(visit, 'breach', breaches, asSent(bytes), bytes.length);
    } catch (error) {
      return this.failed(visit, error, null, OTHER_EVENT);
    }
  }

  private readingOf(bytes: Buffer): Reading {
    const { bodyLimit } = this.behind.options;
    if (bytes.length <= bodyLimit) return readObject(bytes);
    return { fault: unreadable('too_large', `is larger than ${bodyLimit} bytes`) };
  }

  private allowancesOf({ receipt, caller }: Visit, sound: readonly Sound[]) {
    const { rateLimit } = this.behind.options;
    return rateLimit ? sound.flatMap(({ event }) => rateLimit(event, receipt, caller)) : [];
  }

  private async resultOf(visit: Visit, member: Member): Promise<Result> {
    if (!isSound(member)) return member;
    const { event, traits, size } = member;
    const id = traits.id ?? null;
    try {
      const outcome = await this.behind.handler(event, visit.receipt, visit.caller);
      return this.settled(visit, traits, outcome);
    } catch (error) {
      if (!(error instanceof ContractBreachError))
        return this.failed(visit, error, id, traits.name);
      return this.reject(visit, 'breach', error.breaches, event, size);
    }
  }

  private settled(visit: Visit, traits: Traits, { verdict, eventId }: Outcome): Result {
    const { figures } = this.behind;
    if (verdict === 'kept') figures.kept(traits, visit.receipt);
    else if (verdict === 'lost') figures.lost(traits.name);
    else figures.suppressed(traits.name, suppressionOf(visit.receipt));
    return { eventId: eventId ?? traits.id ?? null, verdict: VERDICTS[verdict] };
  }

  private failed(visit: Visit, error: unknown, eventId: string | null, name: string): Result {
    this.log.failed(visit, error);
    this.behind.figures.lost(name);
    return { eventId, verdict: 'failed' };
  }

  private reject(
    visit: Visit,
    reason: RefusalReason,
    breaches: readonly Breach[],
    payload: object | null,
    size: number,
  ): Result {
    this.behind.figures.invalid(reason);
    this.refusals.tell(visit, reason, breaches, payload, size);
    return { eventId: payload && this.idOf(payload), verdict: 'rejected', breaches };
  }

  /** What the sender may have meant as its id, although the event breaks the contract. */
  private idOf(payload: object): string | null {
    try {
      const id: unknown = this.behind.options.traits(payload).id;
      return typeof id === 'string' && id.length <= LONGEST_ID ? id : null;
    } catch {
      return null;
    }
  }

  /** Ours, and nothing was told apart: answered like one event that was not kept, without verdicts. */
  protected override answerLost(visit: Visit): void {
    const { status, headers = {} } = this.behind.options.answers.lost;
    this.replies.send(visit, status, Object.entries(headers).flat(), '{"results":[]}');
  }
}

const isSound = (member: Member): member is Sound => 'event' in member;
