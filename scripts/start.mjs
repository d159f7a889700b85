import { buildIfStale } from './build-if-stale.mjs';

try {
  buildIfStale();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

// In this very process, so that signals reach the application.
await import('../dist/apps/server/src/main.js');
