import type { BatchAnswer, BatchVerdict, Breach } from '../contract/types.js';
import { isWorthRetrying, retryAfterMs } from '../retry.js';
import { FootfallError, nameOf } from './footfall-error.js';
import type { Fate, Parcel } from './parcel.js';
import type { Answer } from './transport.js';

/** What an answer means for the events of its request. */
export interface Judgement {
  /** One an event, in order; null: it is to be sent again. */
  readonly fates: readonly (Fate | null)[];
  /** How long Footfall wants to be left alone. */
  readonly askedMs?: number | undefined;
  /** Why some are to be sent again. */
  readonly trouble?: unknown;
}

const NOT_KEPT = new Error('Footfall could not keep it');

/** Judges the answer of a door; `isBatch` where it took an array. */
export function judge(answer: Answer, parcels: readonly Parcel[], isBatch: boolean): Judgement {
  const again = parcels.map(() => null);
  if ('trouble' in answer) return { fates: again, trouble: answer.trouble };
  const { status, retryAfter, text } = answer;
  if (isWorthRetrying(status)) {
    const trouble = new Error(`Footfall answered ${status}`);
    return { fates: again, askedMs: retryAfterMs(retryAfter), trouble };
  }
  if (status < 200 || status > 299) {
    const breaches = breachesIn(text);
    return { fates: parcels.map(({ event }) => refusal(event, status, breaches)) };
  }
  const fates = isBatch ? fatesIn(status, text, parcels) : fateOfOne(status, text);
  if (fates) return { fates, trouble: NOT_KEPT };
  // Something else answers there, a proxy perhaps: nothing was kept, whatever it says.
  const trouble = new Error(`The endpoint answered ${status}, but not as Footfall does`);
  return { fates: again, trouble };
}

function fateOfOne(status: number, text: string): readonly Fate[] | null {
  return status === 200 && text === '' ? [{ stored: true, eventId: null }] : null;
}

function fatesIn(
  status: number,
  text: string,
  parcels: readonly Parcel[],
): readonly (Fate | null)[] | null {
  const { results } = parsed<Partial<BatchAnswer>>(text);
  if (status !== 200 || !Array.isArray(results) || results.length !== parcels.length) return null;
  return (results as BatchAnswer['results']).map((result, at) =>
    fateOf(result, parcels[at]?.event ?? {}),
  );
}

function fateOf({ verdict, eventId, breaches }: BatchVerdict, event: object): Fate | null {
  if (verdict === 'rejected') return refusal(event, undefined, breaches);
  return verdict === 'failed' ? null : { stored: verdict === 'accepted', eventId };
}

function refusal(
  event: object,
  status: number | undefined,
  breaches: readonly Breach[] = [],
): FootfallError {
  const isKey = status === 401 || status === 403;
  const why = breaches.map(({ field, reason }) => `${field} ${reason}`).join(', ');
  const message = `${nameOf(event)} was refused${status ? ` with ${status}` : ''}`;
  return new FootfallError(
    isKey ? 'unauthorized' : 'refused',
    why === '' ? message : `${message}: ${why}`,
    { event, status, breaches },
  );
}

function breachesIn(text: string): readonly Breach[] {
  const { breaches } = parsed<{ breaches?: unknown }>(text);
  return Array.isArray(breaches) ? (breaches as Breach[]) : [];
}

/** An empty object where it is none. */
function parsed<Shape extends object>(text: string): Partial<Shape> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
