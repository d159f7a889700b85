export { AccessModule } from './access.module.js';
export { AdminKey, type AdminKeyFound } from './admin-key.js';
export { ApiKeys, type CreatedKey, type KeyRequest } from './api-keys.js';
export type { KeyView } from './api-keys.repository.js';
export { KeyRing } from './key-ring.js';
export { KEYS_USAGE, runKeysCommand } from './keys.command.js';
export { isScope, type Scope, SCOPES } from './scopes.catalogue.js';
