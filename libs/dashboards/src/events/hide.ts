import { masked, REDACTED } from '../personal-data.js';
import type { Hide } from './event-table.js';

/** What stands before each personal value, for whoever may read personal data or may not. */
export const hideFrom = (readsPersonalData: boolean): Hide =>
  readsPersonalData ? showing : hiding;

const showing: Hide = Object.assign(<Value>(value: Value) => value, {
  inside: <Value>(value: Value) => value,
  unread: (read: () => unknown) => read(),
});

const hiding: Hide = Object.assign((value: unknown) => (value === null ? null : REDACTED), {
  inside: <Value>(value: Value) => masked(value) as Value,
  unread: () => REDACTED,
});
