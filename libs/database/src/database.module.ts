import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { EncryptionKeys, Metrics } from '#libs/platform';
import { createDataSource, dataSourceOptions, type Migrations } from './data-source-options.js';
import { DatabaseStart } from './database-start.js';
import { Database } from './database.js';
import { DatabaseLog } from './database.log.js';
import { PartitionsJob } from './partitions/partitions.job.js';
import { PartitionMetrics } from './partitions/partitions.metrics.js';
import { Partitions } from './partitions/partitions.js';
import type { PartitionInterval } from './partitions/ranges.js';
import { PoolMetrics } from './pool.metrics.js';
import { PostgresDatabase } from './postgres-database.js';
import { ReencryptionJob } from './sensitive-props/reencryption.job.js';
import { Reencryption } from './sensitive-props/reencryption.js';
import { SensitiveProps } from './sensitive-props/sensitive-props.js';
import { SensitivePropsMetrics } from './sensitive-props/sensitive-props.metrics.js';

export interface DatabaseModuleOptions {
  readonly migrations: Migrations;
  readonly poolSize: number;
  readonly partitionInterval: PartitionInterval;
  /** Fields of an event's `props` that are stored encrypted; absent: none. */
  readonly encryptedProps?: readonly string[];
  /** As `EncryptionKeys` reads it; absent: nothing is encrypted or decrypted. */
  readonly encryptionKeys?: string | undefined;
}

/**
 * `Database`, TypeORM's `DataSource` and its repositories, for every room. Nothing connects before
 * `DatabaseStart.start` is called, so the graph can be resolved without a database.
 */
@Global()
@Module({})
export class DatabaseModule {
  static forRoot(options: DatabaseModuleOptions): DynamicModule {
    const names = options.encryptedProps ?? [];
    const keys =
      options.encryptionKeys === undefined ? null : new EncryptionKeys(options.encryptionKeys);
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => ({ ...dataSourceOptions(options), manualInitialization: true }),
          dataSourceFactory: async () => createDataSource(options),
        }),
      ],
      providers: [
        DatabaseLog,
        {
          provide: PostgresDatabase,
          useFactory: (dataSource: DataSource) => new PostgresDatabase(dataSource),
          inject: [DataSource],
        },
        { provide: Database, useExisting: PostgresDatabase },
        {
          provide: PoolMetrics,
          useFactory: (metrics: Metrics, dataSource: DataSource) =>
            new PoolMetrics(metrics, dataSource),
          inject: [Metrics, DataSource],
        },
        {
          provide: PartitionMetrics,
          useFactory: (metrics: Metrics) => new PartitionMetrics(metrics),
          inject: [Metrics],
        },
        {
          provide: Partitions,
          useFactory: (database: Database, metrics: PartitionMetrics, log: DatabaseLog) =>
            new Partitions({ database, metrics, log, interval: options.partitionInterval }),
          inject: [Database, PartitionMetrics, DatabaseLog],
        },
        PartitionsJob,
        {
          provide: SensitivePropsMetrics,
          useFactory: (metrics: Metrics) => new SensitivePropsMetrics(metrics),
          inject: [Metrics],
        },
        {
          provide: SensitiveProps,
          useFactory: ({ unreadable }: SensitivePropsMetrics) =>
            new SensitiveProps({ names, keys, unreadable }),
          inject: [SensitivePropsMetrics],
        },
        {
          provide: Reencryption,
          useFactory: (database: Database, metrics: SensitivePropsMetrics, log: DatabaseLog) =>
            new Reencryption({ database, keys, names, metrics, log }),
          inject: [Database, SensitivePropsMetrics, DatabaseLog],
        },
        {
          provide: ReencryptionJob,
          useFactory: (reencryption: Reencryption, database: Database) =>
            new ReencryptionJob(reencryption, database),
          inject: [Reencryption, Database],
        },
        {
          provide: DatabaseStart,
          useFactory: (
            dataSource: DataSource,
            database: PostgresDatabase,
            partitions: Partitions,
            log: DatabaseLog,
          ) =>
            new DatabaseStart({
              dataSource,
              database,
              partitions,
              log,
              migrations: options.migrations,
            }),
          inject: [DataSource, PostgresDatabase, Partitions, DatabaseLog],
        },
      ],
      exports: [Database, DatabaseStart, Partitions, SensitiveProps, TypeOrmModule],
    };
  }
}
