export { EventLog } from './event-log.js';
export type { AcceptedEvent, EventRecord, Refusal } from './event-record.js';
