import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { AdminKey, type AdminKeyFound, KeyRing } from '#libs/access';
import { Database, DatabaseStart } from '#libs/database';
import { Journal } from '#libs/event-log';
import { EventWriter } from '#libs/event-writer';
import { CommerceStream } from '#libs/ingestion';
import { OfferDirectory } from '#libs/offers';
import { type Config, Probes } from '#libs/platform';
import { Logger, type LoggerService } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Postgres } from './postgres.js';
import { buildServer } from './server.js';

const ADMIN_KEY_RETRY_MS = 5000;
const LOOK_EVERY_MS = 20;
const NO_KEY: AdminKeyFound = { key: null, created: false };

/** What is known once the database is there. */
export interface Ready {
  readonly adminKey: AdminKeyFound;
  /** Where the data lies, for a person. */
  readonly database: string;
}

/**
 * One running process: what starts in which order, and what stops in which.
 *
 * Journal and door come first, so that senders are answered whatever the database does; the rest
 * follows in the background and is tried for ever.
 */
export class Footfall {
  private readonly logger = new Logger('footfall');
  private stopping = false;
  private stopped: Promise<void> | undefined;
  /** Resolves once the database is migrated and the administrator's key and all offers are known. */
  readonly ready: Promise<Ready>;

  private constructor(
    readonly app: NestExpressApplication,
    readonly url: string,
    private readonly config: Config,
    private readonly postgres: Postgres,
  ) {
    this.addProbes();
    this.logger.log({ type: 'LISTENING', url, roles: config.ROLES });
    this.app.get(DatabaseStart).start(() => this.postgres.url());
    this.app.get(OfferDirectory).start();
    this.room(EventWriter)?.start();
    this.room(CommerceStream)?.start();
    this.ready = this.finishStart();
  }

  /** Resolves once senders are answered. @throws what a person can mend: a port, a lock, a folder. */
  static async start(config: Config, logger: LoggerService): Promise<Footfall> {
    // To be entered, not to be read: as root PostgreSQL runs as another user. What is secret in it
    // has a mode of its own.
    await mkdir(config.DATA_DIR, { recursive: true, mode: 0o711 });
    const postgres = await Postgres.prepare(config);
    let app: NestExpressApplication | undefined;
    try {
      app = await buildServer(config, logger);
      await app.listen(config.PORT, config.HOST);
      const { port } = app.getHttpServer().address() as AddressInfo;
      return new Footfall(app, urlOf(config.HOST, port), config, postgres);
    } catch (error) {
      await roomOf(app, Journal)?.close(); // or its empty folder is left behind
      await postgres.stop();
      throw error;
    }
  }

  /**
   * Ends in the order in which events travel: no new requests and messages, the writer's batch
   * finished, the log closed, then the pools. What is in the journal stays there. `graceMs` is how
   * long requests are still taken while readiness is red, so that a balancer has time to notice.
   */
  stop(graceMs = 0): Promise<void> {
    this.stopped ??= this.end(graceMs);
    return this.stopped;
  }

  private async end(graceMs: number): Promise<void> {
    this.stopping = true;
    await pause(graceMs);
    try {
      await this.endRooms();
    } finally {
      await this.postgres.stop(); // whatever befell the rooms: nobody else would stop it
    }
    this.logger.log({ type: 'STOPPED' });
  }

  private async endRooms(): Promise<void> {
    await Promise.all([this.app.getHttpAdapter().close(), this.room(CommerceStream)?.stop()]);
    await this.room(EventWriter)?.stop();
    await this.room(Journal)?.close();
    await Promise.all([this.app.get(OfferDirectory).stop(), this.app.get(KeyRing).stop()]);
    await this.app.close();
  }

  /** The key ring begins once the first key is there, or a person would be told one too early. */
  private async finishStart(): Promise<Ready> {
    await this.app.get(Database).ready();
    let adminKey = await this.ensureAdminKey();
    this.app.get(KeyRing).start();
    while (adminKey === null && !this.stopping) {
      await pause(ADMIN_KEY_RETRY_MS);
      adminKey = await this.ensureAdminKey();
    }
    while (!this.isLoaded && !this.stopping) await pause(LOOK_EVERY_MS);
    return { adminKey: adminKey ?? NO_KEY, database: this.postgres.description };
  }

  private get isLoaded(): boolean {
    return this.app.get(KeyRing).isLoaded && this.app.get(OfferDirectory).isLoaded;
  }

  /** Null where it failed. Events are taken without it, so a broken file is no reason to stop. */
  private async ensureAdminKey(): Promise<AdminKeyFound | null> {
    try {
      return await this.app.get(AdminKey).ensure(this.config.DATA_DIR);
    } catch (error) {
      this.logger.error({ type: 'ADMIN_KEY_FAILED', error: String(error) });
      return null;
    }
  }

  private addProbes(): void {
    const probes = this.app.get(Probes);
    const journal = this.room(Journal);
    const database = this.app.get(DatabaseStart);
    const readsOnly = journal === undefined;
    probes.add({
      name: 'process',
      vital: true,
      ails: () => (this.stopping ? 'the process is stopping' : null),
    });
    probes.add({ name: 'database', vital: readsOnly, ails: () => database.ails() });
    probes.add({
      name: 'offers',
      vital: false,
      ails: () => (this.app.get(OfferDirectory).isLoaded ? null : 'offers are not loaded yet'),
    });
    probes.add({
      name: 'keys',
      vital: false,
      ails: () => (this.app.get(KeyRing).isLoaded ? null : 'keys have not been read yet'),
    });
    if (!journal) return;
    probes.add({
      name: 'eventLog',
      vital: true,
      ails: () => {
        const { accepting, reason } = journal.state();
        return accepting ? null : (reason ?? 'the event log takes nothing');
      },
    });
  }

  private room<Part>(type: { readonly prototype: Part }): Part | undefined {
    return roomOf(this.app, type);
  }
}

/** A part that only some roles have. `app.get` would log an error where it is not there. */
function roomOf<Part>(
  app: NestExpressApplication | undefined,
  type: { readonly prototype: Part },
): Part | undefined {
  try {
    return app?.get(ModuleRef).get<Part>(type as never, { strict: false });
  } catch {
    return undefined;
  }
}

/** An address that a person can open: nobody can visit 0.0.0.0. */
const urlOf = (host: string, port: number): string => {
  const visible = ['0.0.0.0', '::', '*'].includes(host) ? 'localhost' : host;
  return `http://${visible.includes(':') ? `[${visible}]` : visible}:${port}`;
};
