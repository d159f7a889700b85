import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, destination as stdout, type Level, type Logger, pino } from 'pino';
import { LineChunks, type Sink } from './line-chunks.js';

/** Headers that carry credentials, wherever an object holds them. */
const SECRETS = ['authorization', 'cookie', 'set-cookie', 'x-api-key'];

/** What Nest says of its own start: for debugging, not for an operator. */
const NESTS_OWN = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
]);

/**
 * What JSON leaves bare inside a text, although terminals obey it and some readers end a line at
 * it: DEL, the second set of control characters, the separators of lines and paragraphs.
 */
const BARE = /[\x7f-\x9f\u2028\u2029]/;
const ALL_BARE = new RegExp(BARE, 'g');

/** Of a whole line: outside of its texts JSON has none of these. Hardly any line has one at all. */
const escaped = (line: string): string =>
  BARE.test(line)
    ? line.replace(ALL_BARE, (bare) => `\\u${bare.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : line;

/** What JSON spells otherwise inside a text, and what is bare in it. */
const NOT_AS_IT_IS = /["\\\p{Cc}\p{Cs}\u2028\u2029]/u;

const jsonOf = (text: string): string =>
  NOT_AS_IT_IS.test(text) ? escaped(JSON.stringify(text)) : `"${text}"`;

/**
 * The line of an object of texts and numbers, one at least, whose names hide nothing: as pino would
 * write it, at a quarter of its cost, because every event has one. Null for any other object.
 */
function plainLine(message: object): string | null {
  const parts = ['{"level":"info"', isoTime()];
  for (const name of Object.keys(message)) {
    const value = (message as Readonly<Record<string, unknown>>)[name];
    if (SECRETS.includes(name)) return null;
    if (typeof value === 'string') parts.push(nameOf(name), jsonOf(value));
    else if (Number.isFinite(value)) parts.push(nameOf(name), String(value));
    else if (value !== undefined) return null; // it is left out, as in JSON
  }
  if (parts.length === 2) return null;
  parts.push('}\n');
  return parts.join('');
}

const names = new Map<string, string>();
const MOST_NAMES = 100;

/** `,"name":`; names of fields are few. */
function nameOf(name: string): string {
  let spelling = names.get(name);
  if (spelling === undefined) {
    spelling = `,${jsonOf(name)}:`;
    if (names.size < MOST_NAMES) names.set(name, spelling);
  }
  return spelling;
}

let spelt = { ms: 0, text: '' };

/** Many lines are written in one millisecond: its time is spelt once. */
function isoTime(): string {
  const ms = Date.now();
  if (ms !== spelt.ms) spelt = { ms, text: `,"time":"${new Date(ms).toISOString()}"` };
  return spelt.text;
}

/** What waits in memory for a reader of stdout that has stopped; beyond it lines are dropped. */
const LONGEST_QUEUE = 32 * 1024 * 1024;

/** Its types know of texts alone. */
const bytesTo = (options: object): Sink =>
  stdout({ ...options, contentMode: 'buffer' }) as unknown as Sink;

/**
 * Nest's logger on pino: one JSON object a line, written in chunks behind the request's back.
 *
 * Lines are held for up to `FLUSH_MS`; `flush` writes what is left at the end of the process.
 */
export class PinoLogger implements LoggerService {
  private readonly destination: DestinationStream & { flush?(): void; flushSync?(): void };
  private readonly logger: Logger;
  private readonly flushing: NodeJS.Timeout;

  constructor(level: string, destination?: DestinationStream) {
    this.destination =
      destination ?? new LineChunks(bytesTo({ dest: 1, sync: false, maxLength: LONGEST_QUEUE }));
    this.logger = pino(
      {
        level,
        base: undefined,
        timestamp: isoTime,
        formatters: { level: (label) => ({ level: label }) },
        hooks: { streamWrite: escaped },
        redact: { paths: SECRETS.flatMap((name) => [`["${name}"]`, `headers["${name}"]`]) },
      },
      this.destination,
    );
    this.flushing = setInterval(() => this.destination.flush?.(), FLUSH_MS).unref();
  }

  log(message: unknown, ...rest: unknown[]): void {
    if (isObject(message) && this.logger.isLevelEnabled('info')) {
      const line = plainLine(message);
      if (line !== null) {
        this.destination.write(line);
        return;
      }
    }
    const isNoise = NESTS_OWN.has(rest.at(-1) as string);
    this.write(isNoise ? 'debug' : 'info', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  /** Writes what waits, at once. For the end of the process. */
  flush(): void {
    clearInterval(this.flushing);
    try {
      this.destination.flushSync?.();
    } catch {
      // Nobody reads stdout any more, and there is no other place to say so.
    }
  }

  /** Nest passes the context last, and a stack before it. */
  private write(level: Level, message: unknown, rest: unknown[]): void {
    const context = rest.at(-1);
    if (isObject(message)) {
      this.logger[level](message);
      return;
    }
    const stack = rest.length > 1 && typeof rest[0] === 'string' ? { stack: rest[0] } : undefined;
    const error = message instanceof Error ? { err: message } : undefined;
    this.logger[level]({ type: 'LOG', context, ...stack, ...error }, String(message));
  }
}

const FLUSH_MS = 100;

const isObject = (message: unknown): message is object =>
  typeof message === 'object' && message !== null && !(message instanceof Error);
