import type { BackfillDetailView, BackfillState } from '#libs/contracts';
import { aCheckoutEvent } from './checkout-event.js';
import { eventually } from './eventually.js';
import type { TestFootfall } from './footfall.js';

/** One event of each of so many sessions at noon of a day, taken by the door. */
export async function visitOn(
  footfall: TestFootfall,
  day: string,
  sessions: number,
): Promise<void> {
  for (let session = 0; session < sessions; session += 1) {
    const timestamp = Date.parse(`${day}T12:00:00Z`);
    const event = aCheckoutEvent({ timestamp, sessionId: `${day} ${session}` });
    await footfall.post('/events/checkout', event).expect(204);
  }
}

/** Resolves once so many sessions are counted, and no day waits to be. */
export async function counted(footfall: TestFootfall, sessions: number): Promise<void> {
  await eventually(async () => {
    const [row] = await footfall.query<{ sessions: number; waiting: number }>(
      `SELECT coalesce(sum(sessions), 0)::int AS sessions,
              (SELECT count(*)::int FROM touched_days) AS waiting
       FROM checkout_funnel_daily`,
    );
    if (row?.sessions !== sessions || row.waiting > 0) throw new Error(JSON.stringify(row));
  }, 15_000);
}

/** Asks for a backfill as an administrator. */
export async function askFor(footfall: TestFootfall, wanted: object): Promise<BackfillDetailView> {
  const answer = await footfall.asAdmin('post', '/jobs/backfill').send(wanted).expect(202);
  return answer.body as BackfillDetailView;
}

/** The backfill once it is so. */
export const inState = (
  footfall: TestFootfall,
  id: number,
  ...states: readonly BackfillState[]
): Promise<BackfillDetailView> =>
  eventually(async () => {
    const { body } = await footfall.asAdmin('get', `/jobs/backfill/${id}`).expect(200);
    const view = body as BackfillDetailView;
    if (!states.includes(view.state)) throw new Error(`${view.state}: ${view.error}`);
    return view;
  }, 30_000);
