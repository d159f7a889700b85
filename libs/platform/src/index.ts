export { Allows, ALLOWS, Public, PUBLIC } from './access/allows.decorator.js';
export {
  Authenticator,
  CannotAuthenticateError,
  type Credentials,
} from './access/authenticator.js';
export { ANONYMOUS, type Caller, isAllowed } from './access/caller.js';
export { type Breach, ContractBreachError } from './errors/contract-breach.error.js';
export type { Check, CheckResult, ContractClass } from './http/check.js';
export {
  type Allowance,
  type EndpointOptions,
  IngestionEndpoint,
  INGESTION_ENDPOINT,
  type Traits,
} from './http/ingestion-endpoint.js';
export { type Answer, KEPT, LOST, type Outcome } from './http/outcome.js';
export type { Receipt } from './http/receipt.js';
export {
  type HearsRefusals,
  REFUSAL_REASONS,
  type RefusalReason,
  type Refused,
} from './http/refused.js';
export { Metrics } from './metrics/metrics.js';
