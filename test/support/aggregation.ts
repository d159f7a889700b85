import {
  AggregationLog,
  AggregationModule,
  CHECKOUT_FUNNEL_DAILY,
  type Fold,
  FOLDS,
  Projector,
  RecountRepository,
  type Rollup,
  ROLLUPS,
  RollupsRepository,
} from '#libs/aggregation';
import { Database, type Transaction } from '#libs/database';
import { Config, loadConfig, Metrics } from '#libs/platform';
import { type Abstract, Logger, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { surroundings } from './event-writer.js';
import { until } from './until.js';

/** So that a few sessions are recounted in several slices. */
const ONE_EVENT = 1;

/** Projections and rollups upon a database, without the ticks: a test says when. */
export interface TestAggregation {
  readonly projector: Projector;
  readonly rollups: RollupsRepository;
  get<Part>(part: Type<Part>): Part;
  /** Folds all that is committed; other tests' transactions may delay that. */
  project(): Promise<void>;
  /** Folds, and dies on the last line before the commit. */
  crash(): Promise<void>;
  /** Recounts every day that was touched, by every rollup but one. Answers how many rows changed. */
  rollUp(...except: readonly Rollup[]): Promise<number>;
  /** Recounts a day of a rollup from its raw events; answers how many rows were wrong. */
  recount(day: string, rollup?: Rollup): Promise<number>;
}

export async function startAggregation(database: Database): Promise<TestAggregation> {
  Logger.overrideLogger(false);
  const testing = await Test.createTestingModule({
    imports: [
      surroundings([
        { provide: Database, useValue: database },
        { provide: Config, useValue: loadConfig({}) },
        { provide: Metrics, useValue: new Metrics() },
      ]),
      AggregationModule,
    ],
  }).compile();
  const get = <Part>(part: Type<Part> | Abstract<Part> | symbol): Part =>
    testing.get<Part>(part, { strict: false });
  const projector = get(Projector);
  const rollups = get(RollupsRepository);
  const folds = get<readonly Fold[]>(FOLDS);
  const every = get<readonly Rollup[]>(ROLLUPS);
  return {
    projector,
    rollups,
    get,
    async project() {
      await until('every batch is folded', async () => {
        for (const fold of folds) await projector.step(fold);
        const [left] = await database.query<{ batches: number }>(
          `SELECT count(*)::int AS batches FROM writer_batches
           WHERE (xid, id) > ANY (SELECT xid, id FROM projector_cursors)`,
        );
        return left?.batches === 0;
      });
    },
    async crash() {
      const dying = new Projector(new DyingDatabase(database), get(AggregationLog));
      for (const fold of folds) {
        await dying.step(fold).catch((error: unknown) => {
          if (!(error instanceof DeathError)) throw error;
        });
      }
    },
    async rollUp(...except) {
      let changed = 0;
      for (const rollup of every.filter((each) => !except.includes(each))) {
        for (const day of await rollups.touchedDays(rollup)) {
          changed += await rollups.recountTouched(rollup, day);
        }
      }
      return changed;
    },
    recount: (day, rollup = CHECKOUT_FUNNEL_DAILY) => {
      const { signal } = new AbortController();
      return get(RecountRepository).recount(rollup, day, signal, ONE_EVENT);
    },
  };
}

class DeathError extends Error {}

/** Does all that it is told, and never commits. */
class DyingDatabase extends Database {
  constructor(private readonly database: Database) {
    super();
  }

  query<Row>(...asked: Parameters<Database['query']>): Promise<Row[]> {
    return this.database.query<Row>(...asked);
  }

  transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return this.database.transaction(async (transaction) => {
      await work(transaction);
      throw new DeathError();
    });
  }

  ready(): Promise<void> {
    return this.database.ready();
  }

  listen(): void {
    throw new Error('nobody listens');
  }
}
