import type { Database } from '#libs/database';
import { DEMO_OFFERS } from './catalogue.js';
import { FIRST_EVENT_ID, LAST_EVENT_ID, planIn, type StoredMarker } from './demo-markers.js';
import type { DemoPlan } from './demo-plan.js';
import { demoRecords } from './demo-records.js';
import { ANYTHING_ELSE, MARKERS } from './demo.sql.js';

/** What a database holds, as far as a demo is concerned. */
export interface Marks {
  /** Of a demo that was begun. */
  readonly begun: DemoPlan | null;
  readonly isComplete: boolean;
}

/** What is there and is not the demo's. */
export interface Foreign {
  readonly events: boolean;
  readonly rejectedEvents: boolean;
  readonly offers: boolean;
  readonly catalogEntries: boolean;
}

/** What the database holds of a demo, and beside it. Only reads: writing is the event writer's. */
export class DemoRepository {
  constructor(private readonly database: Database) {}

  /** Cheap, however much is stored. */
  async marks(): Promise<Marks> {
    const rows = await this.database.query<StoredMarker>(MARKERS, [
      [FIRST_EVENT_ID, LAST_EVENT_ID],
    ]);
    const plansOf = (id: string): DemoPlan[] =>
      rows.filter(({ eventId }) => eventId === id).flatMap((row) => planIn(row) ?? []);
    const ended = plansOf(LAST_EVENT_ID);
    const [begun = null] = plansOf(FIRST_EVENT_ID);
    const isComplete = ended.some(
      ({ seed, lastDay }) => seed === begun?.seed && lastDay === begun.lastDay,
    );
    return { begun, isComplete };
  }

  /** Looks for what a demo with this plan did not bring; for anything at all where there is none. */
  async foreign(begun: DemoPlan | null): Promise<Foreign> {
    const records = begun === null ? [] : [...demoRecords(begun)].flat();
    const times = new Set(records.map(({ receipt }) => receipt.receivedAt));
    const [found] = await this.database.query<Foreign>(ANYTHING_ELSE, [
      [...times].map((time) => new Date(time).toISOString()),
      DEMO_OFFERS.map(({ offerId }) => offerId),
      DEMO_OFFERS.map(({ productId }) => productId),
      DEMO_OFFERS.map(({ producerId }) => producerId),
    ]);
    return found!;
  }
}
