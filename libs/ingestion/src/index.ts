export { CommerceStream } from './nats/commerce-stream.js';
export { IngestionModule } from './ingestion.module.js';
