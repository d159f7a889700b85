import type { CheckoutEventDto, CheckoutEventName, CheckoutType } from '#libs/contracts';
import type { Random } from './random.js';
import type { Storefront, Visitor } from './visitor.js';

/** A visit of one person to one checkout. */
export interface CheckoutVisit {
  readonly sessionId: string;
  readonly offerId: string;
  readonly checkoutType: CheckoutType;
  readonly storefront: Storefront;
  readonly visitor: Visitor;
  readonly startedAt: number;
  /** One of the two front ends: the older one sends no descriptions. */
  readonly describes: boolean;
}

/** What is known of the visit by now, and sent with each event from then on. */
type Known = Partial<Pick<CheckoutEventDto, 'step' | 'email' | 'phone' | 'paymentMethod'>>;

/** `checkout_page_view` reads "Checkout page view". */
const describe = (name: CheckoutEventName): string =>
  `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('_', ' ')}`;

/** Notes what happens on the way through a checkout: time passes, and what is known grows. */
export class CheckoutWalk {
  readonly events: CheckoutEventDto[] = [];
  private now: number;
  private known: Known = {};

  constructor(
    readonly visit: CheckoutVisit,
    readonly random: Random,
  ) {
    this.now = visit.startedAt;
  }

  get isInSteps(): boolean {
    return this.visit.checkoutType === '3steps';
  }

  knows(known: Known): void {
    this.known = { ...this.known, ...known };
  }

  /** Seconds pass, about so many. */
  passes(seconds: number): void {
    this.now += Math.round(1000 * seconds * this.random.between(0.4, 2.2));
  }

  happens(eventName: CheckoutEventName): void {
    const { visit } = this;
    this.events.push({
      eventId: `${visit.sessionId}-${this.events.length + 1}`,
      eventName,
      ...(visit.describes && { eventDescription: describe(eventName) }),
      sessionId: visit.sessionId,
      offerId: visit.offerId,
      checkoutType: visit.checkoutType,
      ...visit.storefront,
      ...this.known,
      timestamp: this.now,
    });
    this.passes(1);
  }

  /** Whether this visitor does so; so many of all do. */
  does(share: number): boolean {
    return this.random.chance(share);
  }
}
