import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import { Logger } from '@nestjs/common';
import { type Database, openDatabase } from '#libs/database';
import {
  CannotTellError,
  type Offer,
  OfferDirectory,
  OfferFeed,
  OffersMetrics,
} from '#libs/offers';
import { Metrics } from '#libs/platform';
import { migrations } from '../../migrations/index.js';
import { type BreakablePostgres, createDatabase, startPostgres } from '../support/postgres.mjs';
import { until } from '../support/until.js';

type OpenDatabase = Awaited<ReturnType<typeof openDatabase>>;

/** A promise of the directory: nobody knows an older answer for longer. */
const TWO_SECONDS = 2000;

const PUT = `
  INSERT INTO offers (offer_id, product_id, producer_id, updated_at)
  VALUES ($1, $2, 'producer-1', clock_timestamp())
  ON CONFLICT (offer_id) DO UPDATE
  SET product_id = excluded.product_id, updated_at = clock_timestamp(), deleted_at = NULL
`;
const DELETE = `
  UPDATE offers SET deleted_at = now(), updated_at = clock_timestamp() WHERE offer_id = $1
`;

const directoryOn = (database: Database, metrics = new Metrics()): OfferDirectory =>
  new OfferDirectory(database, new OfferFeed(database), new OffersMetrics(metrics));

const loadedBy = async ({ registry }: Metrics): Promise<number> =>
  (await registry.getSingleMetric('footfall_offers_loaded')!.get()).values[0]!.value;

/** The product of an offer, "none" or "cannot tell". */
async function answerOf(directory: OfferDirectory, offerId: string): Promise<string> {
  try {
    return (await directory.find(offerId))?.productId ?? 'none';
  } catch (error) {
    if (error instanceof CannotTellError) return 'cannot tell';
    throw error;
  }
}

/** A process that asks has its answer anyway; one that only looks shows what memory holds. */
const isInMemory = (directory: OfferDirectory, offerId: string, productId: string): boolean => {
  const answer = directory.find(offerId);
  if (!(answer instanceof Promise)) return answer?.productId === productId;
  answer.catch(() => undefined);
  return false;
};

describe('offer directories of several processes', () => {
  let own: Awaited<ReturnType<typeof createDatabase>>;
  let open: OpenDatabase[];
  let figures: Metrics[];
  let directories: OfferDirectory[];
  const query = (text: string, ...values: unknown[]): Promise<unknown> =>
    open[0]!.database.query(text, values);

  beforeAll(async () => {
    own = await createDatabase();
    open = [await openDatabase(own.url, migrations), await openDatabase(own.url, migrations)];
  });
  beforeEach(async () => {
    await query('DELETE FROM offers');
    await query(PUT, 'known', 'product-1');
    figures = open.map(() => new Metrics());
    directories = open.map(({ database }, i) => directoryOn(database, figures[i]));
    for (const directory of directories) directory.start();
    await until('offers are loaded', () => directories.every(({ isLoaded }) => isLoaded));
  });
  afterEach(async () => {
    await Promise.all(directories.map((directory) => directory.stop()));
  });
  afterAll(async () => {
    await Promise.all(open.map((each) => each.close()));
    await own.drop();
  });

  const everywhere = (what: string, holds: (directory: OfferDirectory) => Promise<boolean>) =>
    until(
      what,
      async () => (await Promise.all(directories.map(holds))).every(Boolean),
      TWO_SECONDS,
    );

  it('hold what was there when they started', () => {
    const answers = directories.map((directory) => directory.find('known'));

    expect(answers).toEqual(
      Array<Offer>(2).fill({ productId: 'product-1', producerId: 'producer-1' }),
    );
  });

  it('tell an offer that does not exist from one that does', async () => {
    await expect(answerOf(directories[0]!, 'unknown')).resolves.toBe('none');
  });

  it('know a new offer within two seconds, also where it was asked for before', async () => {
    const before = await Promise.all(directories.map((each) => answerOf(each, 'new')));

    await query(PUT, 'new', 'product-2');
    await everywhere('known', async (each) => (await answerOf(each, 'new')) === 'product-2');

    expect(before).toEqual(['none', 'none']);
  });

  it('know a change within two seconds', async () => {
    await query(PUT, 'known', 'product-2');
    await everywhere('changed', async (each) => isInMemory(each, 'known', 'product-2'));

    expect(directories.map((each) => each.find('known'))).toEqual(
      Array<Offer>(2).fill({ productId: 'product-2', producerId: 'producer-1' }),
    );
  });

  it('know within two seconds that an offer was deleted, and that it was revived', async () => {
    await query(DELETE, 'known');
    await everywhere('deleted', async (each) => (await answerOf(each, 'known')) === 'none');

    await query(PUT, 'known', 'product-3');
    await everywhere('revived', async (each) => (await answerOf(each, 'known')) === 'product-3');

    expect(await answerOf(directories[1]!, 'known')).toBe('product-3');
  });

  it('learn what is committed long after it was written', async () => {
    await open[0]!.database.transaction(async (transaction) => {
      await transaction.query(PUT, ['known', 'written early']);
      await query(PUT, 'other', 'product-4');
      await everywhere('a poll', async (each) => isInMemory(each, 'other', 'product-4'));
      await transaction.query('SELECT pg_sleep(4)');
    });

    await everywhere('committed late', async (each) => isInMemory(each, 'known', 'written early'));

    expect(await answerOf(directories[0]!, 'known')).toBe('written early');
  }, 20_000);

  it('learn thousands of offers that one statement brought', async () => {
    await query(`
      INSERT INTO offers (offer_id, product_id, producer_id)
      SELECT 'bulk-' || n, 'product-' || n, 'producer-1' FROM generate_series(1, 10000) AS n
    `);

    await until('loaded', async () => (await loadedBy(figures[1]!)) === 10_001, TWO_SECONDS);

    expect(isInMemory(directories[1]!, 'bulk-5000', 'product-5000')).toBe(true);
  });

  it('ask the database once for all that miss at the same time', async () => {
    const { database } = open[0]!;
    const asked = jest.spyOn(database, 'query');
    const waiting = Array.from({ length: 300 }, (_, i) =>
      answerOf(directories[0]!, `no-${i % 60}`),
    );

    const answers = await Promise.all(waiting);

    const misses = asked.mock.calls.filter(
      ([statement]) => typeof statement === 'object' && statement.name === 'offers_by_id',
    );
    asked.mockRestore();
    expect(new Set(answers)).toEqual(new Set(['none']));
    expect(misses.map(([, parameters]) => (parameters as [string[]])[0].length)).toEqual([60]);
  });
});

describe('an offer directory whose database breaks', () => {
  let postgres: BreakablePostgres;
  let open: OpenDatabase;
  let directory: OfferDirectory;

  beforeAll(async () => {
    jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    jest.spyOn(Logger.prototype, 'log').mockReturnValue();
    postgres = await startPostgres();
    open = await openDatabase(postgres.url, migrations);
    await open.database.query(PUT, ['known', 'product-1']);
    directory = directoryOn(open.database);
    directory.start();
    await until('offers are loaded', () => directory.isLoaded);
  }, 30_000);
  afterAll(async () => {
    await directory.stop();
    await open.close();
    await postgres.dispose();
    jest.restoreAllMocks();
  });

  it('goes on with what it knows, cannot tell of the rest, and recovers by itself', async () => {
    await postgres.stop('immediate');
    const away = [await answerOf(directory, 'known'), await answerOf(directory, 'unknown')];

    await postgres.start();
    await until('it asks again', async () => (await answerOf(directory, 'unknown')) === 'none');
    await postgres.query(PUT, ['known', 'product-2']);
    await until('it polls again', () => isInMemory(directory, 'known', 'product-2'));

    expect(away).toEqual(['product-1', 'cannot tell']);
  }, 30_000);

  it('cannot tell within 50 ms while the database hangs, and holds nobody up longer', async () => {
    postgres.pause();
    const since = performance.now();
    const answer = await answerOf(directory, 'another');
    const tookMs = performance.now() - since;
    postgres.resume();

    expect(answer).toBe('cannot tell');
    expect(tookMs).toBeLessThan(250);
  });

  it('cannot tell while its table is locked, never "no such offer"', async () => {
    await open.database.transaction(async (transaction) => {
      await transaction.query('LOCK TABLE offers IN ACCESS EXCLUSIVE MODE');

      expect(await answerOf(directory, 'locked away')).toBe('cannot tell');
    });
  });
});

describe('an offer directory that starts before its database', () => {
  it('cannot tell until it is there, and then loads by itself', async () => {
    const own = await createDatabase();
    const open = await openDatabase(own.url, migrations);
    let arrive: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    jest.spyOn(open.database, 'ready').mockReturnValue(arrived);
    const directory = directoryOn(open.database);

    directory.start();
    const before = await answerOf(directory, 'unknown');
    arrive();
    await until('offers are loaded', () => directory.isLoaded);

    expect([before, await answerOf(directory, 'unknown')]).toEqual(['cannot tell', 'none']);
    await directory.stop();
    await open.close();
    await own.drop();
  });
});
