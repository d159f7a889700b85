import { setTimeout as after } from 'node:timers/promises';

/** Resolves after a time, or as soon as `stop` is aborted: the caller looks at it itself. */
export const sleep = (millis: number, stop: AbortSignal): Promise<void> =>
  after(millis, undefined, { signal: stop }).catch(() => undefined);
