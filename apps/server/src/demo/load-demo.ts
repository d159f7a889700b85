import { setTimeout as pause } from 'node:timers/promises';
import type { Database, Partitions } from '#libs/database';
import type { EventRecord, Journal } from '#libs/event-log';
import type { OffersRepository } from '#libs/offers';
import { DEMO_OFFERS } from './catalogue.js';
import { DemoRefusedError } from './demo-errors.js';
import { firstRecord } from './demo-markers.js';
import { DAY_MS, type DemoPlan, endOf, planOf, startOf } from './demo-plan.js';
import { demoRecords } from './demo-records.js';
import { DemoRepository, type Foreign, type Marks } from './demo.repository.js';

/** As a batch of a front end: one append, one sync. */
const AT_ONCE = 500;
/** The journal keeps so much in memory for its consumer; more would come back from the disk. */
const MOST_BEHIND = 6000;
const APPEND_TRIES = 5;
const LOOK_EVERY_MS = 50;
/** `makeAhead` makes the partitions of at least so many days from a week before on. */
const PARTITIONS_STEP_MS = 14 * DAY_MS;
const PARTITIONS_BEHIND_MS = 7 * DAY_MS;

/** The parts of a running Footfall that a demo goes through: those that events and offers go through. */
export interface DemoParts {
  readonly database: Database;
  readonly journal: Journal;
  readonly offers: OffersRepository;
  readonly partitions: Partitions;
}

export interface DemoRequest {
  readonly seed: number;
  readonly now: number;
  /** How many of the demo's days are on their way. */
  readonly progress: (days: number) => void;
  /** Aborted: what is in the log by then stays there, and the next call completes it. */
  readonly stop: AbortSignal;
}

export interface LoadedDemo {
  /** Of the demo that is there now, which may have been begun with another seed or on another day. */
  readonly plan: DemoPlan;
  /** `there`: it was complete already, and nothing was done. */
  readonly outcome: 'there' | 'completed' | 'loaded';
}

/**
 * Loads a demo into an empty database, completes one that was interrupted, and leaves one that is
 * complete alone. Offers go through their repository, events and refusals through the event log
 * of this process, and its writer stores them: there is no second way of writing.
 *
 * Events are made from the plan that the first of them names, so that a demo completed days later
 * is the one that was begun, and what is stored already is a duplicate. Events that this process
 * or a dead one of this `DATA_DIR` acknowledged are waited for, since they count as the
 * database's; those in the journal of another live process cannot be seen, and are stored beside
 * the demo.
 *
 * @throws DemoRefusedError where the database holds anything else; it is as it was then.
 */
export async function loadDemo(parts: DemoParts, request: DemoRequest): Promise<LoadedDemo> {
  const repository = new DemoRepository(parts.database);
  const { journal } = parts;
  const { begun, isComplete } = await marksOnceWritten(journal, repository, request.stop);
  if (begun !== null && isComplete) return { plan: begun, outcome: 'there' };

  await makePartitions(parts.partitions, begun ?? planOf(request.seed, request.now), request.now);
  await Promise.all(DEMO_OFFERS.map((offer) => parts.offers.put(offer.offerId, offer)));
  const plan = begun ?? (await begin(journal, repository, request));
  await fill(journal, plan, request);
  await until(async () => (await repository.marks()).isComplete, request.stop);
  return { plan, outcome: begun === null ? 'loaded' : 'completed' };
}

/**
 * What the database holds of a demo once nothing is on its way to it any more. What was found
 * empty was looked into only then; where real events keep coming, they are found sooner.
 *
 * @throws DemoRefusedError
 */
async function marksOnceWritten(
  journal: Journal,
  repository: DemoRepository,
  stop: AbortSignal,
): Promise<Marks> {
  await journal.searched();
  for (;;) {
    stop.throwIfAborted();
    const isDrained = journal.state().records === 0;
    const marks = await repository.marks();
    if (marks.isComplete) return marks;
    if (isDrained || marks.begun === null) {
      const foreign = await repository.foreign(marks.begun);
      // What the writer just stored may be a demo's: its first event is there by now.
      const isSure = isDrained || (await repository.marks()).begun === null;
      if (isSure) refuse(foreign, marks.begun);
      if (isDrained) return marks;
    }
    await pause(LOOK_EVERY_MS, undefined, { signal: stop });
  }
}

function refuse(foreign: Foreign, begun: DemoPlan | null): void {
  const found = [
    ...(foreign.events ? ['events'] : []),
    ...(foreign.rejectedEvents ? ['rejected events'] : []),
    ...(foreign.offers ? ['offers'] : []),
    ...(foreign.catalogEntries ? ['entries of the catalogue'] : []),
  ];
  if (found.length === 0) return;
  const others = found.join(' and ');
  throw new DemoRefusedError(
    begun === null
      ? `The database holds ${others} already. A demo goes into an empty database only.`
      : `The database holds a part of a demo, and ${others} beside it. It is not completed.`,
  );
}

/** Of days that have none yet; the last call is for today, whose figures it leaves. */
async function makePartitions(partitions: Partitions, plan: DemoPlan, now: number): Promise<void> {
  const end = endOf(plan);
  for (let at = startOf(plan) + PARTITIONS_BEHIND_MS; at < end; at += PARTITIONS_STEP_MS) {
    await partitions.makeAhead(new Date(at));
  }
  await partitions.makeAhead(new Date(now));
}

/**
 * Stores the first event before any other, and answers the plan that it has by then: of two
 * processes that begin at once, both continue the same demo.
 */
async function begin(
  journal: Journal,
  repository: DemoRepository,
  { seed, now, stop }: DemoRequest,
): Promise<DemoPlan> {
  await append(journal, [firstRecord(planOf(seed, now))], stop);
  let plan: DemoPlan | null = null;
  await until(async () => (plan = (await repository.marks()).begun) !== null, stop);
  return plan!;
}

async function fill(
  journal: Journal,
  plan: DemoPlan,
  { progress, stop }: DemoRequest,
): Promise<void> {
  let days = 0;
  for (const records of demoRecords(plan)) {
    for (let from = 0; from < records.length; from += AT_ONCE) {
      await append(journal, records.slice(from, from + AT_ONCE), stop);
    }
    await until(() => journal.state().records < MOST_BEHIND, stop);
    progress(++days);
  }
}

/** Appended twice, an event is stored once: an append that was late may be tried again. */
async function append(
  journal: Journal,
  records: readonly EventRecord[],
  stop: AbortSignal,
): Promise<void> {
  for (let tries = 1; ; tries++) {
    stop.throwIfAborted();
    try {
      return await journal.append(records);
    } catch (error) {
      if (tries === APPEND_TRIES) throw error;
      await pause(LOOK_EVERY_MS * tries, undefined, { signal: stop });
    }
  }
}

async function until(holds: () => boolean | Promise<boolean>, stop: AbortSignal): Promise<void> {
  while (!(await holds())) await pause(LOOK_EVERY_MS, undefined, { signal: stop });
}
