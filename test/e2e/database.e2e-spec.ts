import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { DataSource } from 'typeorm';
import {
  createDataSource,
  DatabaseAwayError,
  DatabaseStart,
  OfferEntity,
  PartitionMetrics,
  Partitions,
  PostgresDatabase,
} from '#libs/database';
import { Metrics } from '#libs/platform';
import { migrations } from '../../migrations/index.js';
import { type BreakablePostgres, startPostgres } from '../support/postgres.mjs';
import { eventually as within } from '../support/eventually.js';
import { SwallowingProxy } from '../support/faults-proxy.js';

jest.setTimeout(30_000);

/** A server takes its time to start, and to end. */
const eventually = <Result>(attempt: () => Result | Promise<Result>): Promise<Result> =>
  within(attempt, 15_000);

const LIMITS = { connectMs: 500, statementMs: 600, answerMs: 700 };

describe('the database', () => {
  let postgres: BreakablePostgres;
  let dataSource: DataSource;
  let database: PostgresDatabase;
  const away = jest.fn();

  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.dispose());

  const prepare = (poolSize = 2): DatabaseStart => {
    away.mockClear();
    dataSource = createDataSource({ migrations, poolSize, limits: LIMITS });
    database = new PostgresDatabase(dataSource);
    const log = {
      away,
      migrated: () => undefined,
      ready: () => undefined,
      partitionsMade: () => undefined,
      partitionsNotMade: () => undefined,
    } as never;
    const metrics = new PartitionMetrics(new Metrics());
    const partitions = new Partitions({ database, metrics, log, interval: 'month' });
    return new DatabaseStart({ dataSource, database, partitions, migrations, log });
  };

  const opened = async (): Promise<DatabaseStart> => {
    const start = prepare();
    start.start(postgres.url);
    await database.ready();
    return start;
  };

  afterEach(async () => {
    if (dataSource.isInitialized) await dataSource.destroy();
  });

  it('is away, and says so, before it is opened', async () => {
    const start = prepare();

    await expect(database.query('SELECT 1')).rejects.toThrow(DatabaseAwayError);
    expect(await start.ails()).toBe('the database is not connected yet');
  });

  it('is tried again until it is there, then migrated and ready for repositories', async () => {
    const start = prepare();
    await postgres.stop();
    start.start(() => Promise.resolve(postgres.url));
    await eventually(() => expect(away.mock.calls.length).toBeGreaterThan(1));
    await postgres.start();

    await database.ready();

    expect(await start.ails()).toBeNull();
    expect(await dataSource.getRepository(OfferEntity).count()).toBe(0);
    expect(await database.query('SELECT 1 AS n FROM checkout_events')).toEqual([]);
  });

  it('stops trying when the application ends', async () => {
    const start = prepare();
    start.start('postgres://nobody@127.0.0.1:1/nothing');
    await eventually(() => expect(away).toHaveBeenCalled());

    await start.onApplicationShutdown();
    const tries = away.mock.calls.length;
    await sleep(300);

    expect(away.mock.calls).toHaveLength(tries);
  });

  it('keeps the connection after a statement that PostgreSQL refuses, and tells its SQLSTATE', async () => {
    await opened();
    const pid = async () =>
      (await database.query<{ pid: number }>('SELECT pg_backend_pid() AS pid'))[0]?.pid;
    const before = await pid();

    await expect(database.query('SELECT 1/0')).rejects.toMatchObject({ code: '22012' });

    expect(await pid()).toBe(before);
  });

  it('commits what resolves and rolls back what rejects', async () => {
    await opened();
    await database.query('CREATE TABLE IF NOT EXISTS kept (n int)');
    await database.transaction((transaction) =>
      transaction.query('INSERT INTO kept VALUES ($1)', [1]),
    );

    const failing = database.transaction(async (transaction) => {
      await transaction.query('INSERT INTO kept VALUES ($1)', [2]);
      throw new Error('ours');
    });

    await expect(failing).rejects.toThrow('ours');
    expect(await database.query('SELECT n FROM kept')).toEqual([{ n: 1 }]);
  });

  it.each([
    ['off', 'on'],
    ['remote_apply', 'remote_apply'],
  ])('commits to the disk, where the server has synchronous_commit = %s', async (set, held) => {
    await postgres.query(`ALTER ROLE postgres SET synchronous_commit = ${set}`);
    await postgres.query("ALTER ROLE postgres SET timezone = 'America/Sao_Paulo'");

    await opened();

    const [settings] = await database.query(
      `SELECT current_setting('synchronous_commit') AS commit, current_setting('timezone') AS zone`,
    );
    await postgres.query('ALTER ROLE postgres RESET ALL');
    expect(settings).toEqual({ commit: held, zone: 'UTC' });
  });

  it('does not take a transaction for committed whose statement failed unnoticed', async () => {
    await opened();

    const careless = database.transaction(async (transaction) => {
      await transaction.query('SELECT 1/0').catch(() => undefined);
    });

    await expect(careless).rejects.toThrow('rolled back');
  });

  it('prepares a named statement once a connection', async () => {
    await opened();
    const statement = { name: 'add', text: 'SELECT $1::int + 1 AS sum' };

    await database.transaction(async (transaction) => {
      await transaction.query(statement, [1]);
      await transaction.query(statement, [2]);
      const prepared = await transaction.query('SELECT name FROM pg_prepared_statements');
      expect(prepared).toEqual([{ name: 'add' }]);
    });
  });

  it('gives up a server that hangs, and is whole again when it goes on', async () => {
    const start = await opened();
    await Promise.all([database.query('SELECT 1'), database.query('SELECT 1')]);
    postgres.pause();

    const answers = await Promise.allSettled(
      Array.from({ length: 6 }, () => database.query('SELECT 1')),
    );
    const ailment = await start.ails();
    postgres.resume();

    expect(answers.map((answer) => (answer as PromiseRejectedResult).reason)).toEqual(
      Array.from({ length: 6 }, () => expect.any(DatabaseAwayError)),
    );
    expect(ailment).not.toBeNull();
    const rows = await eventually(() =>
      Promise.all([1, 2, 3].map((n) => database.query('SELECT $1::int AS n', [n]))),
    );
    expect(rows).toEqual([[{ n: 1 }], [{ n: 2 }], [{ n: 3 }]]);
  });

  it('asks no idle connection that answered last before another one fell silent', async () => {
    const proxy = await SwallowingProxy.before(postgres.url);
    const start = prepare(4);
    start.start(proxy.url);
    await database.ready();
    await Promise.all([1, 2, 3, 4].map(() => database.query('SELECT pg_sleep(0.05)')));
    const swallowed = proxy.swallowAt('commit');
    await expect(database.transaction(() => Promise.resolve())).rejects.toThrow(DatabaseAwayError);
    await swallowed;
    proxy.heal();

    const rows = await Promise.all([1, 2, 3, 4].map((n) => database.query('SELECT $1::int', [n])));

    expect(rows).toHaveLength(4);
    await dataSource.destroy();
    await proxy.close();
  });

  it('also spares repositories a connection whose answer came too late', async () => {
    await opened();
    const offers = dataSource.getRepository(OfferEntity);
    await offers.count();
    postgres.pause();
    await expect(offers.count()).rejects.toThrow('Query read timeout');
    postgres.resume();

    expect(await eventually(() => offers.count())).toBe(0);
  });

  it('survives the death of the server in the middle of a transaction', async () => {
    await opened();

    const interrupted = database.transaction(async (transaction) => {
      await transaction.query('SELECT 1');
      await postgres.kill9();
      await sleep(50); // the connection breaks while no statement is under way
      await transaction.query('SELECT 1');
    });

    await expect(interrupted).rejects.toThrow(DatabaseAwayError);
    await expect(database.query('SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await postgres.start();
    expect(await eventually(() => database.query('SELECT 1 AS n'))).toEqual([{ n: 1 }]);
  });

  it('hears a word, and once more after each time that the connection was lost', async () => {
    await opened();
    const heard = jest.fn();
    const stop = new AbortController();
    database.listen('footfall_test', heard, stop.signal);
    await eventually(() => expect(heard).toHaveBeenCalledTimes(1));

    await database.query('NOTIFY footfall_test');
    await eventually(() => expect(heard).toHaveBeenCalledTimes(2));
    await postgres.stop('immediate');
    await postgres.start();
    await eventually(() => expect(heard).toHaveBeenCalledTimes(3));
    await postgres.query('NOTIFY footfall_test');
    await eventually(() => expect(heard).toHaveBeenCalledTimes(4));

    stop.abort();
    await eventually(async () => {
      const listeners = await postgres.query(
        "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'LISTEN%'",
      );
      expect(listeners).toEqual([]);
    });
  });
});
