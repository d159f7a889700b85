export { EventLog } from './event-log.js';
export { EventLogModule } from './event-log.module.js';
export { EventLogMetrics, type EventLogState } from './event-log.metrics.js';
export type { AcceptedEvent, EventRecord, Refusal } from './event-record.js';
export { Journal } from './journal/journal.js';
export type { JournalOptions } from './journal/journal-options.js';
export { NotAppendedError, type NotAppendedReason } from './journal/not-appended.error.js';
