/**
 * What became of an event. `stored`: in its table. `waiting`: its offer is unknown, and it is
 * stored by itself when the offer appears. `conflict`: an event with its key and other content
 * came first. `rejected`: it can never be stored. `refused`: a door refused it.
 */
export const EVENT_FATES = ['stored', 'waiting', 'conflict', 'rejected', 'refused'] as const;
export type EventFate = (typeof EVENT_FATES)[number];

/** `not_known_yet`: never heard of, or still on its way to the database. */
export const EVENT_STATES = [...EVENT_FATES, 'not_known_yet'] as const;
export type EventState = (typeof EVENT_STATES)[number];
