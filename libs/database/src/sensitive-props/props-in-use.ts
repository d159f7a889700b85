/**
 * Fields of `props` that have columns of their own, or that figures are made of: encrypted they
 * would still stand in clear beside it, or be missing in the figures.
 */
export const PROPS_IN_USE: ReadonlySet<string> = new Set([
  'assetId',
  'ipAssetId',
  'projectId',
  'licenseId',
  'creatorId',
  'brandId',
  'userId',
  'revenueCents',
  'feeCents',
  'engagementTime',
]);
