import { expect } from '@jest/globals';
import type { Test } from 'supertest';
import { TOKEN_SECRET } from './analytics-event.js';
import { TestFootfall } from './footfall.js';

export interface AnalyticsAnswer {
  readonly tracked: boolean;
  readonly eventId?: string | null;
  readonly reason?: string;
  readonly breaches?: readonly { field: string; reason: string }[];
}

interface Started {
  readonly footfall: TestFootfall;
  /** Of a server that sends analytics events. */
  readonly key: string;
}

/** A Footfall that knows the tokens of the tests, and limits no server's key. */
export async function startAnalytics(): Promise<Started> {
  const footfall = await TestFootfall.start({
    JWT_SECRET: TOKEN_SECRET,
    ANALYTICS_KEY_RATE_LIMIT: '0',
  });
  await footfall.ready();
  return { footfall, key: (await footfall.makeKey(['ingest:analytics'])).key };
}

/** What tests of the analytics door say again and again; `started` once the tests run. */
export function analyticsDoor(started: () => Started) {
  const send = (event: object, authorization?: string): Test => {
    const post = started().footfall.post('/events/analytics', event);
    return authorization === undefined ? post : post.set({ authorization });
  };
  const sendWithKey = (event: object): Test => send(event, `Bearer ${started().key}`);
  const tracked = async (event: object, authorization?: string): Promise<string> => {
    const { body } = await send(event, authorization).expect(202);
    expect(body).toEqual({ tracked: true, eventId: expect.any(String) });
    return (body as { eventId: string }).eventId;
  };
  const rowOf = async (eventId: string): Promise<Record<string, unknown>> => {
    const { footfall } = started();
    await footfall.written();
    const rows = await footfall.query('SELECT * FROM events WHERE id = $1', [eventId]);
    expect(rows).toHaveLength(1);
    return rows[0]!;
  };
  const attributionOf = async (eventId: string): Promise<Record<string, unknown>> => {
    const { footfall } = started();
    await footfall.written();
    const rows = await footfall.query('SELECT * FROM attribution WHERE event_id = $1', [eventId]);
    expect(rows).toHaveLength(1);
    return rows[0]!;
  };
  const breachesOf = async (event: object, status = 400): Promise<unknown> =>
    ((await send(event).expect(status)).body as AnalyticsAnswer).breaches;
  return { send, sendWithKey, tracked, rowOf, attributionOf, breachesOf };
}
