import type { Schedule } from './schedule.js';

/**
 * What a job is there for. A `projection` folds new events into rows that figures are counted from,
 * a `rollup` counts them by day, and `upkeep` looks after all of it.
 */
export const JOB_KINDS = ['projection', 'rollup', 'upkeep'] as const;
export type JobKind = (typeof JOB_KINDS)[number];

interface JobFacts {
  readonly kind: JobKind;
  readonly schedule: Schedule;
  readonly description: string;
}

/**
 * Every job, by its id: what it does and when. Ids are also those of the cursor of a projection and
 * of the days that a rollup has to recount.
 */
export const JOBS = {
  'checkout-sessions': {
    kind: 'projection',
    schedule: { everyMs: 1000 },
    description: 'Folds new checkout events into their sessions.',
  },
  'checkout-funnel-daily': {
    kind: 'rollup',
    schedule: { everyMs: 2000 },
    description: 'Counts the checkout sessions of each day on which one has changed.',
  },
  'checkout-funnel-hourly': {
    kind: 'rollup',
    schedule: { everyMs: 3000 },
    description: 'Counts them by the hour, all offers together.',
  },
  'checkout-totals-daily': {
    kind: 'rollup',
    schedule: { everyMs: 3000 },
    description: 'Counts them by the day, of each offer and of all offers together.',
  },
  'checkout-errors-daily': {
    kind: 'rollup',
    schedule: { everyMs: 3000 },
    description: 'Counts the errors in the checkout sessions of each day on which one has changed.',
  },
  'checkout-events-daily': {
    kind: 'rollup',
    schedule: { everyMs: 3000 },
    description: 'Counts the checkout events of each day with new ones, by name.',
  },
  'checkout-payments-daily': {
    kind: 'rollup',
    schedule: { everyMs: 3000 },
    description: 'Counts which checkout sessions of each day were paid, and how soon.',
  },
  'cockpit-sessions': {
    kind: 'projection',
    schedule: { everyMs: 1000 },
    description: 'Folds new cockpit events into the sessions of creators and buyers.',
  },
  'page-visits': {
    kind: 'projection',
    schedule: { everyMs: 1000 },
    description: 'Notes on which days visitors and sessions viewed which pages.',
  },
  'cockpit-daily': {
    kind: 'rollup',
    schedule: { everyMs: 2000 },
    description: 'Counts the cockpit sessions of each day on which one has changed.',
  },
  'page-views-daily': {
    kind: 'rollup',
    schedule: { everyMs: 2000 },
    description: 'Counts page views, visitors and sessions of each day with new page views.',
  },
  'tracking-daily': {
    kind: 'rollup',
    schedule: { everyMs: 2000 },
    description: 'Counts the tracking events of each day with new ones.',
  },
  'run-backfills': {
    kind: 'upkeep',
    schedule: { everyMs: 1000 },
    description: 'Recounts the days that a backfill was asked for, one backfill at a time.',
  },
  orders: {
    kind: 'projection',
    schedule: { everyMs: 1000 },
    description: 'Counts the orders anew that new commerce events are about.',
  },
  payouts: {
    kind: 'projection',
    schedule: { everyMs: 1000 },
    description: 'Folds new commerce events into what contributors are owed, and what was sent.',
  },
  referrals: {
    kind: 'projection',
    schedule: { everyMs: 1000 },
    description: 'Folds new commerce events into the ledger of referrals.',
  },
  'commerce-daily': {
    kind: 'rollup',
    schedule: { everyMs: 2000 },
    description: 'Counts events, income and money out of each day on which any has changed.',
  },
  'asset-sessions': {
    kind: 'projection',
    schedule: { everyMs: 1000 },
    description: 'Folds new analytics events into the visits at assets.',
  },
  'asset-days': {
    kind: 'projection',
    schedule: { everyMs: 1000 },
    description: 'Notes on which days which assets have new analytics events.',
  },
  'last-activity': {
    kind: 'projection',
    schedule: { everyMs: 1000 },
    description: 'Notes when users, creators, brands, assets and licences were last heard of.',
  },
  'daily-metrics': {
    kind: 'rollup',
    schedule: { everyMs: 2000 },
    description: 'Counts the figures of each asset and day with new analytics events.',
  },
  'asset-visits-daily': {
    kind: 'rollup',
    schedule: { everyMs: 3000 },
    description: 'Counts visits by referrer and visitors at each asset, of days that rest.',
  },
  'creator-visits-daily': {
    kind: 'rollup',
    schedule: { everyMs: 3000 },
    description: 'Counts the visits at the assets of each creator by source, of days that rest.',
  },
  'platform-daily': {
    kind: 'rollup',
    schedule: { everyMs: 3000 },
    description: 'Counts the figures of the whole platform of each day that has changed.',
  },
  'nightly-recount': {
    kind: 'upkeep',
    schedule: { dailyAt: '01:00' },
    description:
      'Recounts yesterday from its raw events, compares, and mends what differs: nothing should.',
  },
  'tidy-up': {
    kind: 'upkeep',
    schedule: { dailyAt: '02:00' },
    description: 'Removes notes of the event writer and of these jobs that nobody needs any more.',
  },
  retention: {
    kind: 'upkeep',
    schedule: { dailyAt: '03:00' },
    description: 'Removes events, their keys and rejected events that were kept for long enough.',
  },
} as const satisfies Readonly<Record<string, JobFacts>>;

export type JobId = keyof typeof JOBS;
export type JobIdOf<Kind extends JobKind> = {
  [Id in JobId]: (typeof JOBS)[Id]['kind'] extends Kind ? Id : never;
}[JobId];

export const JOB_IDS = Object.keys(JOBS) as JobId[];

export const isJobId = (id: string): id is JobId => Object.hasOwn(JOBS, id);
