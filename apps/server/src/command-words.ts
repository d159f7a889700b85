import { ContractBreachError } from '#libs/platform';
import type { Writable } from 'node:stream';

/** What was typed cannot be done; the message is for whoever typed it. */
export class UsageError extends Error {}

/** Runs what was typed; whoever typed what cannot be understood is told how. Answers the exit code. */
export async function understood(
  run: () => Promise<number>,
  messages: Writable,
  usage: string,
): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (!isUsage(error)) throw error;
    messages.write(`${error.message}\n${usage}`);
    return 2;
  }
}

const isUsage = (error: unknown): error is Error =>
  error instanceof UsageError ||
  error instanceof ContractBreachError ||
  String((error as NodeJS.ErrnoException | null)?.code).startsWith('ERR_PARSE_ARGS');
