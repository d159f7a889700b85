import { type AnalyticsEventDto, isAtMost, MOST_OF_AN_ID } from '#libs/contracts';
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
  const { props = NOTHING } = event;
  return {
    projectId: subjectOf(event, 'project') ?? idIn(props['projectId']),
    ipAssetId: subjectOf(event, 'asset') ?? idIn(props['assetId']) ?? idIn(props['ipAssetId']),
    licenseId: subjectOf(event, 'license') ?? idIn(props['licenseId']),
    userId: subjectOf(event, 'user') ?? idIn(props['userId']) ?? actorId,
    brandId: subjectOf(event, 'brand') ?? idIn(props['brandId']),
    creatorId: subjectOf(event, 'creator') ?? idIn(props['creatorId']),
  };
}

const NOTHING: NonNullable<AnalyticsEventDto['props']> = {};

const subjectOf = (
  { entityType, entityId }: AnalyticsEventDto,
  type: AnalyticsEventDto['entityType'],
): string | null => (entityType === type && entityId) || null;

/** Ids are texts, as `entityId` is; what is none says nothing. */
function idIn(value: unknown): string | null {
  const id = typeof value === 'string' ? value.trim() : '';
  return id !== '' && isAtMost(id, MOST_OF_AN_ID) ? id : null;
}
