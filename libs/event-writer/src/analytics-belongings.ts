import { type AnalyticsEventDto, MOST_OF_AN_ID } from '#libs/contracts';
import type { NewEvent } from '#libs/database';

/** The columns that say whose numbers an event belongs to. */
export type Belongings = Pick<
  NewEvent,
  'projectId' | 'ipAssetId' | 'licenseId' | 'userId' | 'brandId' | 'creatorId'
>;

/**
 * Whose numbers an event belongs to. Each is, of these, the first that says an id: the entity that
 * the event is about; the fields of `props` by its name; and for the user alone, who acted. An asset
 * goes by two names in `props`, `assetId` before `ipAssetId`.
 *
 * A creator or a brand that acts is not who the event belongs to: creators view each other's assets.
 * The asset of a licence that names none is the catalogue's to tell.
 */
export function belongingsOf(event: AnalyticsEventDto, actorId: string | null): Belongings {
  const { entityType, entityId, props = {} } = event;
  const idOf = (type: AnalyticsEventDto['entityType'], ...names: readonly string[]) =>
    (entityType === type && entityId) || firstId(names.map((name) => props[name]));
  return {
    projectId: idOf('project', 'projectId'),
    ipAssetId: idOf('asset', 'assetId', 'ipAssetId'),
    licenseId: idOf('license', 'licenseId'),
    userId: idOf('user', 'userId') ?? actorId,
    brandId: idOf('brand', 'brandId'),
    creatorId: idOf('creator', 'creatorId'),
  };
}

/** Ids are texts, as `entityId` is; what is none says nothing. */
function firstId(values: readonly unknown[]): string | null {
  for (const value of values) {
    const id = typeof value === 'string' ? value.trim() : '';
    if (id !== '' && [...id].length <= MOST_OF_AN_ID) return id;
  }
  return null;
}
