import { KEPT_OF_A_REFUSED_BODY, WRITER_REASONS } from '#libs/contracts';
import type { Receipt } from '#libs/platform';
import { parsedBeginning } from './json-beginning.js';
import { masked } from '../personal-data.js';
import type { KeptAside } from './rejected-events.repository.js';

/** What a row holds of the event and of its arrival. */
export interface Sent {
  readonly payload: object | null;
  /** Where it is no JSON; null where it is, or where nothing was kept. */
  readonly text: string | null;
  readonly truncated: boolean;
  readonly receipt: Partial<Receipt>;
}

/** As far as it is read here. */
interface LogRecord {
  readonly event: unknown;
  readonly receipt: Receipt;
}

/** The cut never goes through a character, which has four bytes at most. */
const LEAST_WHEN_CUT = KEPT_OF_A_REFUSED_BODY - 3;

/** Reads `raw`: the log's record of an event that was taken, the body itself of one refused. */
export function whatWasSent({ raw, reason, receipt }: KeptAside): Sent {
  const text = raw.toString();
  const kept = jsonOf(text);
  if (kept === undefined) {
    const truncated = raw.length >= LEAST_WHEN_CUT;
    return {
      payload: null,
      text: text.slice(0, KEPT_OF_A_REFUSED_BODY),
      truncated,
      receipt: receipt ?? {},
    };
  }
  const record = isOfTheWriter(reason) ? (kept as LogRecord) : null;
  const payload = record ? record.event : kept;
  return {
    payload: typeof payload === 'object' ? payload : null,
    text: typeof payload === 'object' ? null : text,
    truncated: false,
    receipt: record?.receipt ?? receipt ?? {},
  };
}

/**
 * The same without personal data, after `hide` has hidden what only settings know of. Of a text that
 * was cut only what came in full can be looked at.
 */
export function withoutPersonalData(sent: Sent, hide: (payload: unknown) => unknown): Sent {
  const beginning = sent.text === null ? undefined : parsedBeginning(sent.text);
  return {
    payload: masked(hide(sent.payload)) as object | null,
    text: beginning === undefined ? null : JSON.stringify(masked(hide(beginning))),
    truncated: sent.truncated,
    receipt: masked(sent.receipt) as Partial<Receipt>,
  };
}

const isOfTheWriter = (reason: string): boolean =>
  (WRITER_REASONS as readonly string[]).includes(reason);

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
