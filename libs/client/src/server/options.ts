import { FootfallError } from './footfall-error.js';

export interface FootfallClientOptions {
  /**
   * Where Footfall is served, such as `https://footfall.example.com`. User information in it becomes
   * Basic authentication (`https://any:<key>@…`). Empty: every call does nothing, silently.
   */
  readonly endpoint?: string | undefined;
  /** An ingest key; goes before user information in the endpoint. */
  readonly key?: string | undefined;
  /** For one request and its answer. 5000 by default. */
  readonly timeoutMs?: number | undefined;
  /** Most events that are held, those being sent among them. 1000 by default. */
  readonly maxQueued?: number | undefined;
  /** How long a call waits for room in a full queue. 5000 by default. */
  readonly maxWaitMs?: number | undefined;
  /** Most events in one request, where the door takes several. 100 by default. */
  readonly batchSize?: number | undefined;
  /** How long an event waits for others to fill its batch. 20 by default. */
  readonly lingerMs?: number | undefined;
  /** Most requests at a time, of each contract. 8 by default. */
  readonly maxRequests?: number | undefined;
  /** How long `close` tries. 10000 by default. */
  readonly closeTimeoutMs?: number | undefined;
  /**
   * Hears of every event that was given and is not delivered, once, with the event in the error. By
   * default the first of each code is shown as a warning of the process.
   */
  readonly onDropped?: ((error: FootfallError) => void) | undefined;
  /**
   * Hears of each try that did not succeed and will be repeated: why, and with how many events. By
   * default the first is shown as a warning of the process.
   */
  readonly onRetry?: ((trouble: unknown, events: number) => void) | undefined;
}

export interface SendOptions {
  /** Ends the waiting. What is in the queue by then is sent all the same. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Until when the call waits: `queued` (the default), or `kept`, when Footfall has acknowledged the
   * event: then the call also rejects where Footfall refuses it.
   */
  readonly until?: 'queued' | 'kept' | undefined;
}

export interface FlushOptions {
  /** Ends the waiting; what is queued is sent all the same. */
  readonly signal?: AbortSignal | undefined;
}

export interface CloseOptions {
  /** Gives up at once. */
  readonly signal?: AbortSignal | undefined;
  /** Instead of the client's `closeTimeoutMs`. */
  readonly timeoutMs?: number | undefined;
}

/** What is left of the options once defaults are in. */
export interface Settings {
  readonly timeoutMs: number;
  readonly maxQueued: number;
  readonly maxWaitMs: number;
  readonly batchSize: number;
  readonly lingerMs: number;
  readonly maxRequests: number;
  readonly closeTimeoutMs: number;
}

const DEFAULTS: Settings = {
  timeoutMs: 5000,
  maxQueued: 1000,
  maxWaitMs: 5000,
  batchSize: 100,
  lingerMs: 20,
  maxRequests: 8,
  closeTimeoutMs: 10_000,
};
const MAY_BE_ZERO: ReadonlySet<string> = new Set(['maxWaitMs', 'lingerMs', 'closeTimeoutMs']);

/** @throws FootfallError where a number makes no sense. */
export function settingsOf(options: FootfallClientOptions): Settings {
  const settings: { -readonly [Name in keyof Settings]: number } = { ...DEFAULTS };
  for (const name of Object.keys(DEFAULTS) as (keyof Settings)[]) {
    const told = options[name] ?? DEFAULTS[name];
    if (!Number.isSafeInteger(told) || told < (MAY_BE_ZERO.has(name) ? 0 : 1)) {
      throw new FootfallError('invalid', `${name} is ${told}, which is no whole number above 0`);
    }
    settings[name] = told;
  }
  return settings;
}

/** What is told to whom. Neither may throw; an `Outbox` sees to it. */
export interface Listeners {
  readonly onDropped: (error: FootfallError) => void;
  readonly onRetry: (trouble: unknown, events: number) => void;
}

/** Where nobody listens: warnings of the process, one of a kind. */
export function listenersOf({ onDropped, onRetry }: FootfallClientOptions): Listeners {
  const told = new Set<string>();
  const warn = (kind: string, text: string, option: string): void => {
    if (told.has(kind)) return;
    told.add(kind);
    process.emitWarning(`${text}. Shown once; \`${option}\` hears of each.`, 'Footfall');
  };
  return {
    onDropped:
      onDropped ??
      (({ code, message }) => {
        warn(code, `An event was not delivered (${code}): ${message}`, 'onDropped');
      }),
    onRetry:
      onRetry ??
      ((trouble) => {
        warn('', `Events are not taken, and tried again: ${reasonOf(trouble)}`, 'onRetry');
      }),
  };
}

/** Where each of several addresses failed, the error has a code and no message. */
function reasonOf(trouble: unknown): string {
  const { message, code } = trouble as NodeJS.ErrnoException;
  return message || (code ?? '');
}
