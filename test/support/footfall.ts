import { rm } from 'node:fs/promises';
import { ApiKeys, KeyRing } from '#libs/access';
import type { CheckoutEventDto, CreatedKeyView, OwnerKind, Scope } from '#libs/contracts';
import { Database } from '#libs/database';
import { EventLog, Journal } from '#libs/event-log';
import { OfferDirectory } from '#libs/offers';
import { type Config, loadConfig, PinoLogger } from '#libs/platform';
import request, { type Test } from 'supertest';
import { Footfall } from '../../apps/server/src/footfall.js';
import { makeDataDir } from './data-dir.js';
import { createDatabase } from './postgres.mjs';
import { until } from './until.js';

export type LogLine = Record<string, unknown> & { readonly type?: string };

/** A whole Footfall in the test's own process, with a database and a data directory of its own. */
export class TestFootfall {
  private adminKey: string | null = null;

  private constructor(
    readonly footfall: Footfall,
    readonly config: Config,
    /** What it logged, a line each. */
    readonly lines: readonly string[],
    private readonly cleanUp: () => Promise<void>,
  ) {}

  static async start(settings: NodeJS.ProcessEnv = {}): Promise<TestFootfall> {
    const directory = await makeDataDir();
    const own = settings['DATABASE_URL'] === undefined ? await createDatabase() : null;
    const config = loadConfig({
      PORT: '0',
      DATA_DIR: directory,
      DATABASE_URL: own?.url,
      EVENT_LOG_MIN_FREE_BYTES: '0',
      ...settings,
    });
    const lines: string[] = [];
    const logger = new PinoLogger(config.LOG_LEVEL, { write: (line) => void lines.push(line) });
    const footfall = await Footfall.start(config, logger);
    return new TestFootfall(footfall, config, lines, async () => {
      await footfall.stop();
      logger.flush();
      await own?.drop();
      await rm(directory, { recursive: true, force: true });
    });
  }

  /** Connected, migrated, and with every offer in memory. */
  async ready(): Promise<this> {
    this.adminKey = (await this.footfall.ready).adminKey.key;
    return this;
  }

  get url(): string {
    return this.footfall.url;
  }

  post(path: string, body?: object | string): Test {
    return request(this.url).post(path).set('content-type', 'application/json').send(body);
  }

  get(path: string): Test {
    return request(this.url).get(path);
  }

  /** With the administrator's key; after `ready`. */
  asAdmin(method: 'get' | 'put' | 'delete' | 'post', path: string): Test {
    return request(this.url)[method](path).set('authorization', `Bearer ${this.adminKey}`);
  }

  /** Puts an offer and waits until the directory knows it. */
  async offer(offerId: string, productId = 'product-1', producerId = 'producer-1'): Promise<void> {
    const put = this.asAdmin('put', `/offers/${offerId}`).send({ productId, producerId });
    const { ok, text } = await put;
    if (!ok) throw new Error(`The offer was not taken: ${text}`);
    const directory = this.footfall.app.get(OfferDirectory);
    await until('the directory knows it', async () => (await directory.find(offerId)) !== null);
  }

  /** Makes a key and waits until it opens. */
  async makeKey(
    scopes: readonly Scope[],
    owner?: { readonly kind: OwnerKind; readonly id: string },
  ): Promise<CreatedKeyView> {
    const { app } = this.footfall;
    const made = await app.get(ApiKeys).create({ name: 'test', scopes, owner });
    const key = { id: made.id, text: made.key };
    // Not over HTTP: a key that is not known yet is a failed login.
    await until('the key is known', () => app.get(KeyRing).callerOf(key) !== null);
    return made;
  }

  /** An event that was taken while nobody could tell its offer. */
  unresolved(event: CheckoutEventDto): Promise<void> {
    const record = { kind: 'event', contract: 'checkout', offer: null } as const;
    const receipt = { requestId: 'r', receivedAt: Date.now(), ipAddress: null, userAgent: null };
    return this.footfall.app.get(EventLog).append([{ ...record, event, receipt }]);
  }

  /** Resolves once everything that was acknowledged is in the database. */
  async written(): Promise<void> {
    const journal = this.footfall.app.get(Journal);
    await until('the event log is empty', async () => journal.state().records === 0);
  }

  query<Row = Record<string, unknown>>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.footfall.app.get(Database).query<Row>(sql, parameters);
  }

  /** The log lines of one type. */
  logged(type: string): LogLine[] {
    return this.lines
      .map((line) => JSON.parse(line) as LogLine)
      .filter((line) => line.type === type);
  }

  /** One figure as a scrape shows it; 0 where it is not there. */
  async figure(name: string, labels = ''): Promise<number> {
    const { text } = await this.get('/metrics');
    const line = text.split('\n').find((each) => each.startsWith(`footfall_${name}${labels} `));
    return line === undefined ? 0 : Number(line.split(' ').at(-1));
  }

  stop(): Promise<void> {
    return this.cleanUp();
  }
}
