export { EventWriter } from './event-writer.js';
export { EventWriterModule } from './event-writer.module.js';
export { WaitingEvents } from './waiting-events.js';
