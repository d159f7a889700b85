import {
  type AnalyticsEventDto,
  type CatalogKindName,
  isStorable,
  MOST_OF_A_NAME,
  MOST_OF_A_TITLE,
} from '#libs/contracts';
import { belongingsOf } from './analytics-belongings.js';

/** What an event tells the catalogue of one thing. */
export interface Announcement {
  readonly kind: CatalogKindName;
  readonly id: string;
  /** By field; without any, the event tells that it exists. */
  readonly values: Readonly<Record<string, string>>;
}

/** Hears of a name that the catalogue cannot take. */
export type Skips = (kind: CatalogKindName) => void;

type Value = string | null;

/**
 * What an event tells the catalogue: the users, creators and brands that it names, a licence with
 * its asset, an asset with its title, creator and project. What it does not say is not told; what
 * is no text or too long is left out.
 */
export function announcementsOf(
  event: AnalyticsEventDto,
  actorId: string | null,
  skips: Skips,
): Announcement[] {
  const { eventType, props = {} } = event;
  const whose = belongingsOf(event, actorId);
  const isUpload = eventType === 'asset_uploaded';
  const isOfAnAsset = eventType.startsWith('asset_');
  const creator = whose.creatorId ?? (isUpload || isProfile('creator', eventType) ? actorId : null);
  const brand = whose.brandId ?? (isProfile('brand', eventType) ? actorId : null);
  const text = (kind: CatalogKindName, most: number, ...fields: readonly string[]): Value =>
    firstText(fields, props, most, () => skips(kind));
  const nameOf = (kind: CatalogKindName, own: string, isAboutIt: boolean): Value =>
    text(kind, MOST_OF_A_NAME, own, ...(isAboutIt ? ['name'] : []));
  return [
    ...entry('assets', whose.ipAssetId, {
      title: text('assets', MOST_OF_A_TITLE, 'assetTitle', ...(isOfAnAsset ? ['title'] : [])),
      creatorId: creator,
      projectId: isOfAnAsset ? whose.projectId : null,
    }),
    ...known('creators', creator, {
      name: nameOf('creators', 'creatorName', isProfile('creator', eventType)),
    }),
    ...known('users', whose.userId, { name: nameOf('users', 'userName', isOfAUser(eventType)) }),
    ...known('brands', brand, {
      name: nameOf('brands', 'brandName', isProfile('brand', eventType)),
    }),
    ...entry('licenses', whose.licenseId, { assetId: whose.ipAssetId }),
  ];
}

const isProfile = (role: 'creator' | 'brand', eventType: string): boolean =>
  eventType === `${role}_profile_created` || eventType === `${role}_profile_updated`;

const isOfAUser = (eventType: string): boolean =>
  eventType === 'user_signed_up' || eventType === 'user_profile_updated';

/** Whoever is named is known, also without a name. */
function known(
  kind: CatalogKindName,
  id: string | null,
  said: Readonly<Record<string, Value>>,
): Announcement[] {
  if (id === null) return [];
  const values = Object.entries(said).filter((each): each is [string, string] => each[1] !== null);
  return [{ kind, id, values: Object.fromEntries(values) }];
}

/** Of these a bare id is no news. */
const entry: typeof known = (kind, id, said) =>
  known(kind, id, said).filter(({ values }) => Object.keys(values).length > 0);

function firstText(
  fields: readonly string[],
  props: Readonly<Record<string, unknown>>,
  most: number,
  skipped: () => void,
): Value {
  for (const field of fields) {
    const value = props[field] ?? '';
    const text = typeof value === 'string' ? value.trim() : null;
    if (text === '') continue;
    if (text !== null && [...text].length <= most && isStorable(text)) return text;
    skipped();
  }
  return null;
}
