import type { TrackingEventType } from '../../tracking/tracking-event.catalogue.js';

/** The two flows of the cockpit: a creator makes a product, a buyer buys one. */
export const COCKPITS = ['creation', 'purchase'] as const;
export type Cockpit = (typeof COCKPITS)[number];

interface CockpitStep {
  readonly stage: string;
  readonly eventType: TrackingEventType;
}

/**
 * The stages of each flow, in their order, with the event that says so; five of each, told apart by
 * their place in figures that are kept by day: a stage in between is a new flow.
 */
export const COCKPIT_STAGES = {
  creation: [
    { stage: 'launch', eventType: 'COCKPIT_CREATE_LAUNCH' },
    { stage: 'step', eventType: 'COCKPIT_CREATE_STEP' },
    { stage: 'success', eventType: 'COCKPIT_CREATE_SUCCESS' },
    { stage: 'enrichment', eventType: 'COCKPIT_CREATE_ENRICH_INFORMATION' },
    { stage: 'download', eventType: 'COCKPIT_CREATE_DOWNLOAD' },
  ],
  purchase: [
    { stage: 'launch', eventType: 'COCKPIT_BUY_LAUNCH' },
    { stage: 'step', eventType: 'COCKPIT_BUY_STEP' },
    { stage: 'payment', eventType: 'COCKPIT_BUY_PAYMENT' },
    { stage: 'purchase', eventType: 'COCKPIT_BUY_PURCHASE' },
    { stage: 'download', eventType: 'COCKPIT_BUY_DOWNLOAD' },
  ],
} as const satisfies Record<Cockpit, readonly CockpitStep[]>;

export type CockpitStage = (typeof COCKPIT_STAGES)[Cockpit][number]['stage'];

/** Every stage of either flow, each once. */
export const COCKPIT_STAGE_NAMES: readonly CockpitStage[] = [
  ...new Set(COCKPITS.flatMap((cockpit) => COCKPIT_STAGES[cockpit].map(({ stage }) => stage))),
];

/** The stage that a flow is there for: a session that comes to it has converted. */
export const COCKPIT_GOALS = {
  creation: 'success',
  purchase: 'purchase',
} as const satisfies Record<Cockpit, CockpitStage>;

/** The event of the steps that a flow leads through. */
export const COCKPIT_STEP_EVENTS = {
  creation: 'COCKPIT_CREATE_STEP',
  purchase: 'COCKPIT_BUY_STEP',
} as const satisfies Record<Cockpit, TrackingEventType>;
