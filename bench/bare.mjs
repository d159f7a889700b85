import { fork } from 'node:child_process';
import { once } from 'node:events';

/** The bare server in a process of its own. */
export async function startBare() {
  const child = fork(new URL('./servers/bare.mjs', import.meta.url));
  const [{ port }] = await once(child, 'message');
  return {
    pid: child.pid,
    port,
    async stop() {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}
