import type { FlowType, TrackingEvent, TrackingEventType } from '#libs/contracts';
import type { Random } from './random.js';

/** A visit of one person to one shop. */
export interface TrackingVisit {
  readonly sessionId: string;
  /** Of a visitor who is signed in. */
  readonly userId: string | null;
  readonly host: string;
  readonly startedAt: number;
  /** One of the two front ends: the older one sends no ids, and epoch milliseconds. */
  readonly isNewer: boolean;
}

/** What the events of a cockpit say beside their page. */
export interface Cockpit {
  readonly flow: FlowType;
  readonly cockpitSessinoId?: string;
  readonly productSlug?: string;
}

/** Notes what happens on the way through a shop: time passes, and pages follow one another. */
export class TrackingWalk {
  readonly events: TrackingEvent[] = [];
  private now: number;
  private path = '/';
  private query = '';

  constructor(
    readonly visit: TrackingVisit,
    readonly random: Random,
  ) {
    this.now = visit.startedAt;
  }

  /** Seconds pass, about so many. */
  passes(seconds: number): void {
    this.now += Math.round(1000 * seconds * this.random.between(0.4, 2.2));
  }

  views(path: string, query = ''): void {
    this.path = path;
    this.query = query;
    this.happens('PAGEVIEW', {});
    this.passes(15);
  }

  /** In a cockpit, on the page that is open. */
  reaches(eventType: TrackingEventType, step: string, cockpit: Cockpit): void {
    this.happens(eventType, { step, ...cockpit });
    this.passes(25);
  }

  /** Whether this visitor does so; so many of all do. */
  does(share: number): boolean {
    return this.random.chance(share);
  }

  private happens(eventType: TrackingEventType, said: object): void {
    const { sessionId, userId, host, isNewer } = this.visit;
    const event = {
      ...(isNewer && { eventId: `${sessionId}-${this.events.length + 1}` }),
      eventType,
      sessionId,
      trackId: userId ?? sessionId,
      ...(userId !== null && { userId }),
      url: `https://${host}${this.path}${this.query}`,
      path: this.path,
      ...said,
      timestamp: isNewer ? new Date(this.now).toISOString() : this.now,
    };
    this.events.push(event as TrackingEvent);
    this.passes(1);
  }
}
