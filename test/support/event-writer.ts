import { CheckoutLog } from '#libs/contracts';
import {
  createDataSource,
  Database,
  type Limits,
  migrate,
  PostgresDatabase,
  SensitiveProps,
  type Statement,
  type Transaction,
} from '#libs/database';
import { EventLog } from '#libs/event-log';
import { EventWriter, EventWriterModule } from '#libs/event-writer';
import { Metrics } from '#libs/platform';
import { Global, Logger, Module, type Type, type ValueProvider } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { migrations } from '../../migrations/index.js';
import { RedeliveringLog } from './redelivering-log.js';

/** Migrates, and opens a pool of its own. */
export async function openDatabase(url: string, limits?: Partial<Limits>): Promise<TestDatabase> {
  await migrate(url, migrations, new AbortController().signal);
  const dataSource = await createDataSource({
    url,
    migrations,
    poolSize: 5,
    ...(limits && { limits }),
  }).initialize();
  const postgres = new PostgresDatabase(dataSource);
  postgres.opened();
  return new TestDatabase(postgres, () => dataSource.destroy());
}

/** PostgreSQL, and how much it was asked. */
export class TestDatabase extends Database {
  statements = 0;
  transactions = 0;
  copies = 0;

  constructor(
    private readonly database: Database,
    readonly close: () => Promise<void>,
  ) {
    super();
  }

  query<Row = Record<string, unknown>>(
    statement: string | Statement,
    parameters?: readonly unknown[],
  ): Promise<Row[]> {
    return this.database.query<Row>(statement, parameters);
  }

  transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    this.transactions += 1;
    return this.database.transaction((transaction) =>
      work({
        query: (statement, parameters) => {
          this.statements += 1;
          return transaction.query(statement, parameters);
        },
        copyIn: (statement, rows) => {
          this.copies += 1;
          return transaction.copyIn(statement, rows);
        },
      }),
    );
  }

  ready(): Promise<void> {
    return this.database.ready();
  }

  listen(): void {
    throw new Error('the event writer does not listen');
  }
}

/** An event writer of its own between a log in memory and a database. */
export interface TestWriter {
  readonly log: RedeliveringLog;
  readonly checkoutLog: CheckoutLog;
  readonly writer: EventWriter;
  /** A part of the writer, to be called at a moment of the test's choice. */
  get<Part>(part: Type<Part>): Part;
  /** The sum of a figure over its labels. */
  figure(name: string): Promise<number>;
  stop(): Promise<void>;
}

const NOTHING_ENCRYPTED = new SensitiveProps({
  names: [],
  keys: null,
  unreadable: () => undefined,
});

export async function startWriter(
  database: Database,
  log = new RedeliveringLog(),
): Promise<TestWriter> {
  Logger.overrideLogger(false);
  const metrics = new Metrics();
  const testing = await Test.createTestingModule({
    imports: [
      surroundings([
        { provide: EventLog, useValue: log },
        { provide: Database, useValue: database },
        { provide: Metrics, useValue: metrics },
        { provide: SensitiveProps, useValue: NOTHING_ENCRYPTED },
      ]),
      EventWriterModule,
    ],
  }).compile();
  const writer = testing.get(EventWriter);
  writer.start();
  return {
    log,
    writer,
    get: (part) => testing.get(part, { strict: false }),
    checkoutLog: testing.get(CheckoutLog, { strict: false }),
    async figure(name) {
      const figure = await metrics.registry.getSingleMetric(`footfall_${name}`)?.get();
      return (figure?.values ?? []).reduce((sum, { value }) => sum + value, 0);
    },
    stop: () => writer.stop(),
  };
}

export function surroundings(providers: ValueProvider[]) {
  class Surroundings {}
  Module({
    providers,
    exports: providers.map(({ provide }) => provide),
  })(Surroundings);
  Global()(Surroundings);
  return Surroundings;
}
