import { type Behind, Doorway } from './doorway.js';
import type { BatchOptions } from './endpoint-options.js';
import { WHOLE_BODY } from './json-body.js';
import { type MemberSpan, membersOf } from './json-shape.js';
import { isSound, Members, type RefusedMember, type Sound, type Witness } from './members.js';
import type { Visit } from './visit.js';

/** Bytes of a whole batch, on the wire and decoded alike. */
export const BATCH_LIMIT = 1024 * 1024;

/** What is wrong with a batch that is none. */
export const NO_ARRAY = { field: WHOLE_BODY, reason: 'is not a JSON array' };

/** Takes an array of events and answers one verdict each, in order: none spoils its neighbours. */
export class BatchDoorway extends Doorway {
  private readonly members: Members<Visit>;

  constructor(
    behind: Behind,
    private readonly batch: BatchOptions,
  ) {
    super(behind, BATCH_LIMIT);
    this.members = new Members(behind, this.witness());
  }

  protected override judge(visit: Visit, bytes: Buffer): void {
    const most = this.batch.most(visit.caller);
    const spans = membersOf(bytes, most);
    if (spans === 'broken') {
      this.refusals.refuse(visit, 'not_json', [NO_ARRAY], null);
    } else if (spans === 'too_many') {
      const breach = { field: WHOLE_BODY, reason: `holds more than ${most} events` };
      this.refusals.refuse(visit, 'too_large', [breach], null);
    } else {
      this.hand(visit, bytes, spans).catch((error: unknown) => this.fail(visit, error));
    }
  }

  private async hand(visit: Visit, bytes: Buffer, spans: readonly MemberSpan[]): Promise<void> {
    const members = spans.map(({ start, end, shape }) =>
      this.members.read(visit, bytes.subarray(start, end), shape),
    );
    if (this.behind.options.rateLimit) {
      const sound = members.filter(isSound);
      const allowances = sound.flatMap(({ event }) => this.allowancesOf(visit, event));
      const waitMs = await this.mustWait(visit, allowances);
      if (waitMs > 0) {
        visit.counted = true;
        this.suppress(sound);
        this.refusals.refuseForNow(visit, waitMs, null);
        return;
      }
    }
    visit.counted = true; // from here on each member by itself
    const results = await Promise.all(
      members.map((member) => this.members.resultOf(visit, member)),
    );
    this.replies.send(visit, 200, [], JSON.stringify({ results }));
  }

  private suppress(sound: readonly Sound[]): void {
    for (const { traits } of sound) this.behind.figures.suppressed(traits.name, 'rate_limited');
  }

  private witness(): Witness<Visit> {
    const { figures } = this.behind;
    return {
      knewNot: (fields) => figures.knewNot(fields),
      kept: ({ receipt }, traits) => figures.kept(traits, receipt),
      suppressed: (name, reason) => figures.suppressed(name, reason),
      lost: (name) => figures.lost(name),
      failed: (visit, error) => this.log.failed(visit, error),
      refused: (visit, refused) => this.refused(visit, refused),
    };
  }

  private refused(visit: Visit, { reason, breaches, payload, size }: RefusedMember): void {
    this.behind.figures.invalid(reason);
    this.refusals.tell(visit, reason, breaches, payload, size);
  }

  /** Ours, and nothing was told apart: answered like one event that was not kept, without verdicts. */
  protected override answerLost(visit: Visit): void {
    const { status, headers = {} } = this.behind.options.answers.lost;
    this.replies.send(visit, status, Object.entries(headers).flat(), '{"results":[]}');
  }
}
