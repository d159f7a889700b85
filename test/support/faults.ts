import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDataDir } from './data-dir.js';
import { Load, type LoadOptions } from './faults-load.js';
import { SwallowingProxy } from './faults-proxy.js';
import { type BreakablePostgres, startPostgres } from './postgres.mjs';
import { FootfallProcess, type ProcessOptions } from './process.js';
import { until } from './until.js';

/** A line for each of many thousand events is read by nobody here. */
const QUIET = { LOG_LEVEL: 'warn' };
/** Enough to see what is wrong, and not all of a thousand. */
const SHOWN = 20;
const DRAINED_WITHIN_MS = 90_000;

/** What the two sets say; all three lists are empty where nothing was lost and nothing doubled. */
export interface Comparison {
  /** Acknowledged, and in no table. */
  readonly missing: readonly string[];
  /** More than one row of a table. */
  readonly twice: readonly string[];
  /** A row in the raw table, and yet kept aside. */
  readonly inBoth: readonly string[];
}

export const NOTHING_MISSING: Comparison = { missing: [], twice: [], inBoth: [] };

/** Processes of Footfall and a PostgreSQL of their own, all of them to be broken by a test. */
export class FaultyHouse {
  private readonly started: FootfallProcess[] = [];
  private readonly loads: Load[] = [];
  private readonly proxies: SwallowingProxy[] = [];

  private constructor(
    readonly postgres: BreakablePostgres,
    /** Of all its processes. */
    readonly dataDir: string,
    private readonly settings: NodeJS.ProcessEnv,
  ) {}

  static async build(
    settings: NodeJS.ProcessEnv = {},
    postgres: readonly string[] = [],
  ): Promise<FaultyHouse> {
    return new FaultyHouse(
      await startPostgres({ settings: postgres }),
      await makeDataDir(),
      settings,
    );
  }

  /** A way to PostgreSQL that can be made to swallow. */
  async proxy(): Promise<SwallowingProxy> {
    const proxy = await SwallowingProxy.before(this.postgres.url);
    this.proxies.push(proxy);
    return proxy;
  }

  /** Does not wait until it answers. */
  async spawn(options: ProcessOptions = {}): Promise<FootfallProcess> {
    const settings = {
      ...QUIET,
      DATABASE_URL: this.postgres.url,
      ...this.settings,
      ...options.settings,
    };
    const { dataDir } = this;
    const footfall = await FootfallProcess.spawn({ dataDir, ...options, settings });
    this.started.push(footfall);
    return footfall;
  }

  /** Connected, with the offer that events name by default. */
  async start(options?: ProcessOptions): Promise<FootfallProcess> {
    const footfall = await this.spawn(options);
    await footfall.ready();
    await this.offer(footfall, 'offer-1');
    return footfall;
  }

  /** A process at the address of one that is no more. */
  async again({ port }: FootfallProcess): Promise<FootfallProcess> {
    const footfall = await this.spawn({ port });
    await footfall.answering();
    return footfall;
  }

  /** On a process, or on whatever process a function names at the moment. */
  load(
    to: FootfallProcess | (() => FootfallProcess),
    options: Omit<LoadOptions, 'port'> = {},
  ): Load {
    const port = (): number => (typeof to === 'function' ? to() : to).port;
    const load = Load.start({ ...options, port });
    this.loads.push(load);
    return load;
  }

  async offer(footfall: FootfallProcess, offerId: string): Promise<void> {
    const offer = { productId: 'product-1', producerId: 'producer-1' };
    // A key that was just made is known a moment later.
    await until('the offer is put', async () => {
      return (await footfall.asAdmin('PUT', `/offers/${offerId}`, offer)).ok;
    });
  }

  /** Waits until every log of a living process is empty, and no journal of a dead one is left. */
  async drained(): Promise<void> {
    await until(
      'the logs are drained',
      async () => {
        const alive = this.started.filter(isAlive);
        if ((await this.journals()) > alive.length) return false;
        const waiting = await Promise.all(alive.map((one) => figure(one, 'event_log_records')));
        return waiting.every((records) => records === 0);
      },
      DRAINED_WITHIN_MS,
    );
  }

  /** Compares what was acknowledged with what is stored, id by id. */
  async compare({ most = SHOWN } = {}): Promise<Comparison> {
    const shown = (ids: readonly string[]): string[] =>
      ids.length <= most ? [...ids] : [...ids.slice(0, most), `and ${ids.length - most} more`];
    const [raw, aside] = await Promise.all([
      this.ids('SELECT event_id FROM checkout_events'),
      this.ids("SELECT event_id FROM rejected_events WHERE state <> 'resolved'"),
    ]);
    const [stored, kept] = [new Set(raw), new Set(aside)];
    const acknowledged = this.loads.flatMap((load) => [...load.acknowledged]);
    return {
      missing: shown(acknowledged.filter((id) => !stored.has(id) && !kept.has(id))),
      twice: shown([...repeated(raw), ...repeated(aside)]),
      inBoth: shown([...kept].filter((id) => stored.has(id))),
    };
  }

  /** Every event that has a row, be it in the raw table or kept aside. */
  async storedIds(): Promise<ReadonlySet<string>> {
    const raw = await this.ids('SELECT event_id FROM checkout_events');
    return new Set([...raw, ...(await this.ids('SELECT event_id FROM rejected_events'))]);
  }

  /** Whatever state a failed test left it in. */
  async clearAway(): Promise<void> {
    const stopped = this.loads.map((load) => load.stop());
    for (const footfall of this.started.filter(isAlive)) await footfall.kill9();
    await Promise.all([...stopped, ...this.proxies.map((proxy) => proxy.close())]);
    await this.postgres.dispose();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  private async journals(): Promise<number> {
    const names = await readdir(join(this.dataDir, 'journal'));
    return names.filter((name) => /^[\da-f]{8}-/.test(name)).length;
  }

  private async ids(sql: string): Promise<string[]> {
    return (await this.postgres.query<{ event_id: string }>(sql)).map(({ event_id }) => event_id);
  }
}

/** The sum of a figure over its labels, as `/metrics` shows it. */
export async function figure(footfall: FootfallProcess, name: string): Promise<number> {
  const text = await (await fetch(`${footfall.url}/metrics`)).text();
  const lines = text.matchAll(/^footfall_(\w+)(?:\{[^}]*\})? (\S+)$/gm);
  return [...lines]
    .filter(([, figureName]) => figureName === name)
    .reduce((sum, [, , value]) => sum + Number(value), 0);
}

/** What came to the doors of a process and is in none of the four places where it may have gone. */
export async function unaccounted(footfall: FootfallProcess): Promise<number> {
  const of = (what: string) => figure(footfall, `events_${what}_total`);
  const [received, ...gone] = await Promise.all(
    ['received', 'invalid', 'suppressed', 'appended', 'lost'].map(of),
  );
  return (received ?? 0) - gone.reduce((sum, events) => sum + events, 0);
}

export interface Readiness {
  readonly status: number;
  /** Names what ails, be it vital or not. */
  readonly ails: readonly string[];
}

export async function readiness(footfall: FootfallProcess): Promise<Readiness> {
  const answer = await fetch(`${footfall.url}/readyz`);
  const { details } = (await answer.json()) as { details: Record<string, { status: string }> };
  const ails = Object.keys(details).filter((name) => details[name]?.status !== 'up');
  return { status: answer.status, ails };
}

const isAlive = ({ child }: FootfallProcess): boolean =>
  child.exitCode === null && child.signalCode === null;

function repeated(ids: readonly string[]): string[] {
  const seen = new Set<string>();
  return ids.filter((id) => seen.size === seen.add(id).size);
}
