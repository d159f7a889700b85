import { Database, Partitions } from '#libs/database';
import { Journal } from '#libs/event-log';
import { OffersRepository } from '#libs/offers';
import type { INestApplicationContext } from '@nestjs/common';
import { exampleSession } from './demo-records.js';
import { dateOf, type DemoPlan, startOf } from './demo-plan.js';
import { DemoProgress } from './demo-progress.js';
import { loadDemo, type LoadedDemo } from './load-demo.js';

/** What of a demo is worth a look, for the greeting. */
export interface DemoSights {
  readonly seed: number;
  /** Its first day, `YYYY-MM-DD`. */
  readonly from: string;
  /** Its last, included. */
  readonly to: string;
  /** A session that ended in a sale. */
  readonly sessionId: string;
}

const SAID: Readonly<Record<LoadedDemo['outcome'], string>> = {
  there: 'A complete demo is there already; it was left as it is.',
  completed: 'The demo that was interrupted is complete.',
  loaded: 'The demo is loaded.',
};

/**
 * Loads a demo into the database of this running Footfall and tells a person how far it is.
 *
 * @throws DemoRefusedError where the database holds anything else.
 */
export async function startDemo(
  app: INestApplicationContext,
  seed: number,
  stop: AbortSignal,
  stream: NodeJS.WriteStream,
): Promise<DemoSights> {
  const parts = {
    database: app.get(Database),
    journal: app.get(Journal),
    offers: app.get(OffersRepository),
    partitions: app.get(Partitions),
  };
  const began = Date.now();
  const progress = new DemoProgress(stream);
  const reached = (days: number): void => progress.reached(days);
  const request = { seed, now: began, progress: reached, stop };
  const { plan, outcome } = await loadDemo(parts, request).finally(() => progress.end());
  stream.write(`${SAID[outcome]} (${((Date.now() - began) / 1000).toFixed(1)} s)\n`);
  return sightsOf(plan);
}

const sightsOf = (plan: DemoPlan): DemoSights => ({
  seed: plan.seed,
  from: dateOf(startOf(plan)),
  to: plan.lastDay,
  sessionId: exampleSession(plan),
});
