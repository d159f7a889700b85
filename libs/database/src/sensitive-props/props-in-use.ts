import { MONEY_PROPS } from '#libs/contracts';

/**
 * Fields of `props` that have columns of their own, or that figures are made of: encrypted they
 * would still stand in clear beside it, or be missing in the figures.
 */
export const PROPS_IN_USE: ReadonlySet<string> = new Set<string>([
  'assetId',
  'ipAssetId',
  'projectId',
  'licenseId',
  'creatorId',
  'brandId',
  'userId',
  ...MONEY_PROPS,
  'engagementTime',
]);
