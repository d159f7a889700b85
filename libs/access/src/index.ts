export { AccessModule } from './access.module.js';
export { AdminKey, type AdminKeyFound } from './admin-key.js';
export { ApiKeys } from './api-keys.js';
export { KeyRing } from './key-ring.js';
export { KEYS_USAGE, runKeysCommand } from './keys.command.js';
export { USER_ROLES } from './user-roles.catalogue.js';
