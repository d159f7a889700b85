export { Allows, ForOwners, Public } from './access/allows.decorator.js';
export {
  Authenticator,
  CannotAuthenticateError,
  type Credentials,
  TooManyFailedLoginsError,
} from './access/authenticator.js';
export { ANONYMOUS, type Caller, isAllowed, type Owner } from './access/caller.js';
export { BackOff, pause } from './back-off.js';
export { callerOf, CurrentCaller } from './access/current-caller.decorator.js';
export { GuardModule } from './access/guard.module.js';
export { TrustedNetworks } from './access/trusted-networks.js';
export {
  type Breach,
  ContractBreachError,
  NotAllowedError,
} from './errors/contract-breach.error.js';
export { ClientAddress, networkOf } from './http/client-address.js';
export { addBatchDoors } from './http/add-batch-doors.js';
export type { Check, CheckResult } from './http/check.js';
export { declaredEndpoints } from './http/declared-endpoints.js';
export { DoorAdapter, type ServerLimits } from './http/door-adapter.js';
export { DoorModule } from './http/door.module.js';
export { Door } from './http/door.js';
export { folded } from './http/folded.js';
export type { Allowance, EndpointOptions } from './http/endpoint-options.js';
export { IngestionEndpoint, type Traits } from './http/ingestion-endpoint.js';
export { cursorOf, type Position, positionAt, positionOf } from './http/position.js';
export { mediaTypeFor, sendFile } from './http/sent-file.js';
export { StrictBody } from './http/strict-body.interceptor.js';
export { MemoryRateLimiter } from './http/memory-rate-limiter.js';
export { RateLimiter } from './http/rate-limiter.js';
export { SharedRateLimiter } from './http/shared-rate-limiter.js';
export { BodyStream, type StreamedBody, StreamsBody } from './http/streamed-body.js';
export { readObject } from './http/json-body.js';
export { MOST_FIELDS, MOST_LEVELS } from './http/json-shape.js';
export { BATCH_LIMIT } from './http/batch-doorway.js';
export type { Intake, Receiver, Taken } from './http/intake.js';
export { KEPT, LOST, type Outcome } from './http/outcome.js';
export type { Receipt, RetryOf } from './http/receipt.js';
export type { HearsRefusals, RefusalReason, Refused } from './http/refused.js';
export { Metrics } from './metrics/metrics.js';
export { Config, loadConfig, type Role } from './config/config.js';
export { isSafeAddress } from './config/issuer.js';
export { type NatsServer, natsServersIn } from './config/nats-servers.js';
export { EncryptionKeys, isSealed, sealedBeginning } from './encryption/encryption-keys.js';
export { PartlyDoneError } from './errors/partly-done.error.js';
export { exampleProblem, ProblemDocument } from './errors/problem-document.js';
export { ProblemFilter } from './errors/problem.filter.js';
export { strictValidation } from './errors/strict-validation.js';
export { UnavailableError } from './errors/unavailable.error.js';
export { Probes } from './health/probes.js';
export { boundedSummary } from './logging/bounded-summary.js';
export { boundedText, textWithin } from './logging/bounded-text.js';
export { MASKED, maskedText, SENSITIVE } from './logging/masking.js';
export { PinoLogger } from './logging/pino-logger.js';
export { timeRequests } from './metrics/http-metrics.js';
export type { RedisClient } from './redis/redis-link.js';
export { Redis } from './redis/redis.js';
export { PlatformModule } from './platform.module.js';
