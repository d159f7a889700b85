export { EventLog } from './event-log.js';
export { EventLogModule } from './event-log.module.js';
export type { AcceptedEvent, EventRecord, Refusal } from './event-record.js';
export { Journal } from './journal/journal.js';
export type { JournalOptions } from './journal/journal-options.js';
