import {
  type AnalyticsAdded,
  type AnalyticsEventDto,
  CATALOG_KINDS,
  type CatalogKindName,
} from '#libs/contracts';
import { CATALOG_TABLES, claimOf, type Queries } from '#libs/database';
import { Metrics } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { arrayLiteral } from './array-literal.js';
import { type Announcement, announcementsOf, NO_VALUES } from './catalog-announcements.js';
import { claimFieldOf, filledFields, fillOf } from './catalog-fill.sql.js';
import type { Entry } from './contract-writer.js';
import { licenseClaimOf, saysWhoseALicenseIs } from './licenses.js';
import { timeText } from './time-text.js';

/** A row of a table of the catalogue, as far as events tell it. */
type Row = Record<string, string>;

type Rows = Map<string, Row>;

const STATEMENTS = new Map(CATALOG_KINDS.map((kind) => [kind, fillOf(CATALOG_TABLES[kind])]));

/** Fills the catalogue from analytics events, in the transaction that stores them. */
@Injectable()
export class CatalogFill {
  private readonly skipped: Counter<'kind'>;
  private readonly skips = (kind: CatalogKindName): void => this.skipped.inc({ kind });

  constructor(metrics: Metrics) {
    this.skipped = metrics.counter(
      'catalog_values_skipped_total',
      'Names and titles of events that the catalogue cannot take: no text, or too long.',
      ['kind'],
    );
    for (const kind of CATALOG_KINDS) this.skipped.inc({ kind }, 0);
  }

  /** One statement a kind, none where the events tell nothing of it. */
  async fill(queries: Queries, fresh: readonly Entry[]): Promise<void> {
    const said = this.rowsOf(fresh);
    for (const kind of CATALOG_KINDS) {
      const rows = [...(said.get(kind)?.values() ?? [])];
      if (rows.length === 0) continue;
      const columns = filledFields(CATALOG_TABLES[kind]).map((field) => arrayLiteral(rows, field));
      await queries.query(STATEMENTS.get(kind)!, columns);
    }
  }

  private rowsOf(fresh: readonly Entry[]): ReadonlyMap<CatalogKindName, Rows> {
    const said = new Map<CatalogKindName, Rows>(CATALOG_KINDS.map((kind) => [kind, new Map()]));
    for (const { record } of fresh) {
      const event = record.event as AnalyticsEventDto;
      const added = record.added as AnalyticsAdded;
      for (const told of announcementsOf(event, added.actorId, this.skips)) {
        if (told.kind === 'licenses' && !saysWhoseALicenseIs(event, added)) continue;
        const row = rowOf(said.get(told.kind)!, told);
        if (told.values !== NO_VALUES) note(row, told.values, claimOn(told.kind, record));
      }
    }
    return said;
  }
}

function rowOf(rows: Rows, { kind, id }: Announcement): Row {
  let row = rows.get(id);
  if (row === undefined) {
    row = { [CATALOG_TABLES[kind].id]: id };
    rows.set(id, row);
  }
  return row;
}

/** Of what an event says of a thing of this kind. */
function claimOn(kind: CatalogKindName, { event, receipt, added }: Entry['record']): string {
  const at = timeText((event as AnalyticsEventDto).occurredAt ?? receipt.receivedAt);
  return kind === 'licenses' ? licenseClaimOf(at) : claimOf((added as AnalyticsAdded).trust, at);
}

/** The rule of the statement, within a batch: the least claim holds, and of equal ones the value. */
function note(row: Row, values: Announcement['values'], claim: string): void {
  for (const [field, value] of Object.entries(values)) {
    const before = row[claimFieldOf(field)];
    const isLess = before === undefined || claim < before;
    if (!isLess && !(claim === before && isBefore(value, row[field]!))) continue;
    row[field] = value;
    row[claimFieldOf(field)] = claim;
  }
}

/** As PostgreSQL sorts by "C": by code points. */
const isBefore = (a: string, b: string): boolean =>
  Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0;
