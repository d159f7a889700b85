export { Allows, ALLOWS, Public, PUBLIC } from './access/allows.decorator.js';
export {
  Authenticator,
  CannotAuthenticateError,
  type Credentials,
} from './access/authenticator.js';
export { ANONYMOUS, type Caller, isAllowed } from './access/caller.js';
export { AllowsGuard } from './access/allows.guard.js';
export { callerOf, CurrentCaller } from './access/current-caller.decorator.js';
export { EveryRouteIsGuarded, UnguardedRoutesError } from './access/every-route-is-guarded.js';
export { GuardModule } from './access/guard.module.js';
export { type Breach, ContractBreachError } from './errors/contract-breach.error.js';
export { addBatchDoors } from './http/add-batch-doors.js';
export type { Check, CheckResult, ContractClass } from './http/check.js';
export { networkOf, parseTrustedProxies } from './http/client-address.js';
export { type DeclaredEndpoint, declaredEndpoints } from './http/declared-endpoints.js';
export { DoorAdapter, SERVER_LIMITS, type ServerLimits } from './http/door-adapter.js';
export { DoorModule, type DoorModuleOptions } from './http/door.module.js';
export { type CheckOf, Door } from './http/door.js';
export { DoorMetrics } from './http/door.metrics.js';
export {
  type Allowance,
  type EndpointOptions,
  IngestionEndpoint,
  INGESTION_ENDPOINT,
  type Traits,
} from './http/ingestion-endpoint.js';
export { RateLimiter } from './http/rate-limiter.js';
export { StrictBody } from './http/strict-body.interceptor.js';
export { type Answer, KEPT, LOST, type Outcome } from './http/outcome.js';
export type { Receipt } from './http/receipt.js';
export {
  type HearsRefusals,
  REFUSAL_REASONS,
  type RefusalReason,
  type Refused,
} from './http/refused.js';
export { Metrics } from './metrics/metrics.js';
export { Config, loadConfig, type Role } from './config/config.js';
export { ProblemDocument } from './errors/problem-document.js';
export { ProblemFilter } from './errors/problem.filter.js';
export { strictValidation } from './errors/strict-validation.js';
export { isUnavailable, UnavailableError } from './errors/unavailable.error.js';
export { type Probe, Probes } from './health/probes.js';
export { boundedSummary } from './logging/bounded-summary.js';
export { boundedText } from './logging/bounded-text.js';
export { PinoLogger } from './logging/pino-logger.js';
export { timeRequests } from './metrics/http-metrics.js';
export { PlatformModule } from './platform.module.js';
