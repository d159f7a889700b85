import { BackOff, pause } from '#libs/platform';
import { Logger } from '@nestjs/common';
import { connectionOptions } from './data-source-options.js';
import { PostgresClient } from './postgres-client.js';

/** How often a silent connection is asked whether it still stands. */
const HEARTBEAT_MS = 10_000;
const LIMITS = { connectMs: 5000, answerMs: 5000 };

export interface Listening {
  readonly url: string;
  readonly channel: string;
  readonly heard: () => void;
  readonly stop: AbortSignal;
}

const logger = new Logger('database');

/** Listens until `stop`; connects again whenever the connection is lost. Never rejects. */
export async function listenForEver(listening: Listening): Promise<void> {
  const { channel, stop } = listening;
  const backOff = new BackOff();
  while (!stop.aborted) {
    try {
      await listenOnce(listening, () => backOff.reset());
    } catch (error) {
      if (stop.aborted) return;
      const waitMs = backOff.next();
      logger.warn({ type: 'LISTENER_LOST', channel, error: String(error), waitMs });
      await pause(waitMs, stop);
    }
  }
}

/** Returns only when stopped; rejects when the connection is lost. */
async function listenOnce(
  { url, channel, heard, stop }: Listening,
  connected: () => void,
): Promise<void> {
  const client = new PostgresClient({ connectionString: url, ...connectionOptions(LIMITS) });
  // Held from the start: an 'error' without a listener ends the process.
  const lost = new AbortController();
  client.on('error', (error) => lost.abort(error));
  client.on('end', () => lost.abort(new Error('the connection was closed')));
  client.on('notification', heard);
  try {
    await client.connect();
    await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
    connected();
    heard();
    const end = AbortSignal.any([stop, lost.signal]);
    while (!end.aborted) {
      await pause(HEARTBEAT_MS, end);
      if (!end.aborted) await client.query('SELECT 1');
    }
    if (lost.signal.aborted && !stop.aborted) throw lost.signal.reason as Error;
  } finally {
    await client.end().catch(() => undefined);
  }
}
