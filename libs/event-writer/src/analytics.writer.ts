import { type AnalyticsAdded, type AnalyticsEventDto, AnalyticsLog } from '#libs/contracts';
import type { NewEvent, Queries, Transaction } from '#libs/database';
import type { Receipt } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { ANALYTICS_EVENTS, ASSETS_OF_LICENSES } from './analytics-events.sql.js';
import { analyticsRow } from './analytics-row.js';
import { attributionRow } from './attribution-row.js';
import { ATTRIBUTION } from './attribution.sql.js';
import { CatalogFill } from './catalog-fill.repository.js';
import { EncryptedProps } from './encrypted-props.repository.js';
import { licenseClaimOf, saysWhoseALicenseIs } from './licenses.js';
import { NewRowsRepository } from './new-rows.repository.js';
import type { ContractWriter, Entry, NotStorableError, Offer } from './contract-writer.js';

interface AssetOfLicense {
  readonly licenseId: string;
  readonly assetId: string;
  readonly claim: string;
}

/** Analytics events to `events` and `attribution`. */
@Injectable()
export class AnalyticsWriter implements ContractWriter<
  AnalyticsEventDto,
  NewEvent,
  AnalyticsAdded
> {
  readonly contract = 'analytics';
  readonly table = ANALYTICS_EVENTS;

  constructor(
    private readonly log: AnalyticsLog,
    private readonly catalog: CatalogFill,
    private readonly encrypted: EncryptedProps,
    private readonly newRows: NewRowsRepository,
  ) {}

  toRow(
    event: AnalyticsEventDto,
    receipt: Receipt,
    _offer: Offer | null,
    added: AnalyticsAdded,
  ): NewEvent {
    return analyticsRow(this.encrypted.in(event, added.eventId), receipt, added);
  }

  eventKeyOf({ idempotencyKey }: NewEvent): string | null {
    return idempotencyKey;
  }

  comparable(
    queries: Queries,
    again: readonly Entry<NewEvent>[],
  ): Promise<readonly Entry<NewEvent>[]> {
    return this.encrypted.comparable(queries, again);
  }

  /** An event about a licence that names no asset belongs to the licence's asset. */
  async complete(
    queries: Queries,
    entries: readonly Entry<NewEvent>[],
  ): Promise<readonly Entry<NewEvent>[]> {
    const licenses = licensesWithoutAsset(entries);
    if (licenses.size === 0) return entries;
    const found = await queries.query<AssetOfLicense>(ASSETS_OF_LICENSES, [[...licenses]]);
    const assets = leastOfEach([
      ...found,
      ...entries.flatMap(assetOfLicense), // in the catalogue with this batch
    ]);
    return entries.map((entry) => {
      const { record, row } = entry;
      const asset = row.ipAssetId === null ? assets.get(row.licenseId ?? '') : undefined;
      return asset ? { record, row: { ...row, ipAssetId: asset.assetId } } : entry;
    });
  }

  async followUp(transaction: Transaction, fresh: readonly Entry<NewEvent>[]): Promise<void> {
    if (fresh.length === 0) return;
    const rows = fresh.map(({ record, row }) =>
      attributionRow(row, record.event as AnalyticsEventDto, record.added as AnalyticsAdded),
    );
    await this.newRows.insert(transaction, ATTRIBUTION, rows);
    await this.catalog.fill(transaction, this.encrypted.without(fresh));
    await this.encrypted.noteUses(transaction, fresh);
  }

  /** The one that its sender was answered: senders have none of their own. */
  eventIdOf(_event: AnalyticsEventDto, added?: AnalyticsAdded): string {
    return added?.eventId ?? '';
  }

  offerIdOf(): null {
    return null;
  }

  persistFailed(
    _event: AnalyticsEventDto,
    error: NotStorableError,
    receipt: Receipt,
    added: AnalyticsAdded,
  ): void {
    this.log.persistFailed(added.eventId, error, receipt);
  }
}

function licensesWithoutAsset(entries: readonly Entry<NewEvent>[]): ReadonlySet<string> {
  const licenses = new Set<string>();
  for (const { row } of entries) {
    if (row.licenseId !== null && row.ipAssetId === null) licenses.add(row.licenseId);
  }
  return licenses;
}

function assetOfLicense({ record, row }: Entry<NewEvent>): AssetOfLicense[] {
  const { licenseId, ipAssetId: assetId, occurredAt } = row;
  if (licenseId === null || assetId === null) return [];
  const added = record.added as AnalyticsAdded;
  if (!saysWhoseALicenseIs(record.event as AnalyticsEventDto, added)) return [];
  return [{ licenseId, assetId, claim: licenseClaimOf(occurredAt) }];
}

/** The catalogue's own rule: no visitor says whose a licence is after a server did. */
function leastOfEach(said: readonly AssetOfLicense[]): ReadonlyMap<string, AssetOfLicense> {
  const least = new Map<string, AssetOfLicense>();
  for (const each of said) {
    const known = least.get(each.licenseId);
    if (!known || orderOf(each) < orderOf(known)) least.set(each.licenseId, each);
  }
  return least;
}

const orderOf = ({ claim, assetId }: AssetOfLicense): string => `${claim} ${assetId}`;
