import { buildIfStale } from './build-if-stale.mjs';

const LOOK_EVERY_MS = 500;

/**
 * npm passes a SIGTERM on to the shell that it put between itself and us, which dies of it and
 * does not pass it on: that our parent is gone is all that we hear. Where a signal went to all of
 * us, we have heard it: another would be a second one, which ends the process at once.
 */
function endWithParent() {
  const parent = process.ppid;
  const looking = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(looking);
    process.kill(process.pid, 'SIGTERM');
  }, LOOK_EVERY_MS).unref();
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      clearInterval(looking);
      if (process.listenerCount(signal) === 0) process.exit(1); // the application has not begun
    });
  }
}

// npm takes what stands before a lone `--` for settings of its own.
if ('npm_config_demo' in process.env || 'npm_config_demo_seed' in process.env) {
  console.error('npm kept the option for itself. Put -- before it: npm start -- --demo');
  process.exit(2);
}

try {
  buildIfStale();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

if (process.env.npm_lifecycle_event === 'start') endWithParent();

// In this very process, so that signals reach the application.
await import('../dist/apps/server/src/main.js');
