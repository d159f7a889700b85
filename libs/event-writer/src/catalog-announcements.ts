import {
  type AnalyticsEventDto,
  type CatalogKindName,
  isAtMost,
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

/** Of what is only said to exist. */
export const NO_VALUES: Announcement['values'] = {};

const NO_PROPS: NonNullable<AnalyticsEventDto['props']> = {};

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
  const { eventType, props = NO_PROPS } = event;
  const whose = belongingsOf(event, actorId);
  const isOfAnAsset = eventType.startsWith('asset_');
  const isOfACreator = isProfile('creator', eventType);
  const isOfABrand = isProfile('brand', eventType);
  const isCreators = isOfACreator || eventType === 'asset_uploaded';
  const creator = whose.creatorId ?? (isCreators ? actorId : null);
  const brand = whose.brandId ?? (isOfABrand ? actorId : null);
  const nameIn = (kind: CatalogKindName, own: unknown, isAboutIt: boolean): Value =>
    textIn(own, MOST_OF_A_NAME, kind, skips) ??
    (isAboutIt ? textIn(props['name'], MOST_OF_A_NAME, kind, skips) : null);
  const told: Announcement[] = [];
  tell(told, 'assets', whose.ipAssetId, {
    title:
      textIn(props['assetTitle'], MOST_OF_A_TITLE, 'assets', skips) ??
      (isOfAnAsset ? textIn(props['title'], MOST_OF_A_TITLE, 'assets', skips) : null),
    creatorId: creator,
    projectId: isOfAnAsset ? whose.projectId : null,
  });
  tell(told, 'creators', creator, { name: nameIn('creators', props['creatorName'], isOfACreator) });
  tell(told, 'users', whose.userId, {
    name: nameIn('users', props['userName'], isOfAUser(eventType)),
  });
  tell(told, 'brands', brand, { name: nameIn('brands', props['brandName'], isOfABrand) });
  tell(told, 'licenses', whose.licenseId, { assetId: whose.ipAssetId });
  return told;
}

const isProfile = (role: 'creator' | 'brand', eventType: string): boolean =>
  eventType === `${role}_profile_created` || eventType === `${role}_profile_updated`;

const isOfAUser = (eventType: string): boolean =>
  eventType === 'user_signed_up' || eventType === 'user_profile_updated';

/** Of assets and licences a bare id is no news; whoever is named is known, also without a name. */
const SAY_SOMETHING: ReadonlySet<CatalogKindName> = new Set(['assets', 'licenses']);

function tell(
  told: Announcement[],
  kind: CatalogKindName,
  id: string | null,
  said: Readonly<Record<string, Value>>,
): void {
  if (id === null) return;
  const values = valuesOf(said);
  if (values !== NO_VALUES || !SAY_SOMETHING.has(kind)) told.push({ kind, id, values });
}

/** Most events say nothing of whom they name: nothing is made of it then. */
function valuesOf(said: Readonly<Record<string, Value>>): Announcement['values'] {
  let values: Record<string, string> | undefined;
  for (const field of Object.keys(said)) {
    const value = said[field] ?? null;
    if (value !== null) (values ??= {})[field] = value;
  }
  return values ?? NO_VALUES;
}

function textIn(value: unknown, most: number, kind: CatalogKindName, skips: Skips): Value {
  if (value === undefined || value === null) return null;
  const text = typeof value === 'string' ? value.trim() : null;
  if (text === '') return null;
  if (text !== null && isAtMost(text, most) && isStorable(text)) return text;
  skips(kind);
  return null;
}
