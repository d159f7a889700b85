import { Database, PARTITION_BOUNDS, type Range } from '#libs/database';
import { Injectable } from '@nestjs/common';
import type { EventTableFacts } from '../events/event-table.js';
import { exportPageOf } from './export-page.sql.js';
import type { ExportedEvents } from './exported-events.js';
import { stretchesOf } from './stretches.js';

/** Reading and spelling a page takes some milliseconds: a request waits for one of them at most. */
const PAGE = 500;

type Positioned<Row> = Row & { readonly positionTime: string; readonly positionId: string };

/** Raw events by the thousand, a page at a time: nothing is held between two pages. */
@Injectable()
export class ExportsRepository {
  constructor(private readonly database: Database) {}

  /**
   * All events between two moments, the second not included, that answer the question, in pages.
   * What is stored meanwhile may be among them or not.
   */
  async *pages<Row, View extends object>(
    exported: ExportedEvents<Row, View>,
    [from, to]: readonly [from: string, to: string],
    question: Readonly<Record<string, unknown>>,
  ): AsyncGenerator<readonly Row[], void> {
    const range = { from: new Date(from), to: new Date(to) };
    const { table } = exported.events;
    const partitions = await this.database.query<Range>(PARTITION_BOUNDS, [table]);
    for (const stretch of stretchesOf(range, partitions)) {
      yield* this.pagesOf(exported, stretch, question);
    }
  }

  private async *pagesOf<Row, View extends object>(
    exported: ExportedEvents<Row, View>,
    { from, to }: Range,
    question: Readonly<Record<string, unknown>>,
  ): AsyncGenerator<readonly Row[], void> {
    const asked = conditionsOf(exported, question);
    const sql = exportPageOf(exported.events, [...asked.keys()]);
    let last: Positioned<Row> | undefined;
    for (;;) {
      const rows: Positioned<Row>[] = await this.database.query(sql, [
        from.toISOString(),
        to.toISOString(),
        last?.positionId ?? null,
        last?.positionTime ?? null,
        PAGE,
        ...asked.values(),
      ]);
      if (rows.length > 0) yield rows.map(withoutPosition);
      if (rows.length < PAGE) return;
      last = rows.at(-1);
    }
  }
}

const withoutPosition = <Row>({
  positionTime: _time,
  positionId: _id,
  ...row
}: Positioned<Row>): Row => row as unknown as Row;

type Condition = (parameter: string) => string;

interface Asked {
  readonly events: EventTableFacts;
  readonly conditions?: Readonly<Record<string, Condition>>;
}

/** What the question asks of a row, with the value that it asks for. */
const conditionsOf = (
  exported: Asked,
  question: Readonly<Record<string, unknown>>,
): ReadonlyMap<Condition, unknown> =>
  new Map(
    Object.entries(question)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [conditionOf(exported, name), value]),
  );

/** @throws for a question that nothing answers: left out, it would show what it was to keep back. */
function conditionOf({ events: { filters }, conditions = {} }: Asked, name: string): Condition {
  if (Object.hasOwn(conditions, name)) return conditions[name]!;
  if (Object.hasOwn(filters, name)) return (parameter) => `stored.${filters[name]} = ${parameter}`;
  throw new Error(`no export can be asked for ${name}`);
}
