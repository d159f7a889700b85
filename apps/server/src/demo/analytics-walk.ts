import type { EventRecord } from '#libs/event-log';
import { fromPage, fromServer, type Guest, type Said } from './analytics-delivery.js';
import type { Random } from './random.js';

type Records = Generator<EventRecord, void>;

/** What happens on a visit to the platform, told by its pages or by its server: time passes. */
export class AnalyticsWalk {
  private now: number;

  constructor(
    readonly guest: Guest,
    startedAt: number,
    readonly random: Random,
  ) {
    this.now = startedAt;
  }

  /** Seconds pass, about so many. */
  passes(seconds: number): void {
    this.now += Math.round(1000 * seconds * this.random.between(0.4, 2.2));
  }

  *happens(eventType: string, said: Omit<Said, 'eventType'> = {}): Records {
    yield* fromPage(this.guest, { eventType, ...said }, this.now, this.random);
    this.passes(6);
  }

  /** What nobody may write from a browser's console: the server says it for its visitor. */
  *isTold(eventType: string, said: Omit<Said, 'eventType'> = {}): Records {
    yield* fromServer({ eventType, ...said }, this.guest.member, this.now, this.random);
    this.passes(2);
  }

  /** Whether this visitor does so; so many of all do. */
  does(share: number): boolean {
    return this.random.chance(share);
  }
}
