/** Part of the contract: whoever looks into Redis finds exactly these. Neither days nor periods hold a colon. */
export const CACHE_KEYS = {
  asset: (assetId: string, start: string, end: string): string =>
    `analytics:asset:${assetId}:${start}:${end}`,
  creator: (creatorId: string, period: string): string =>
    `analytics:creator:${creatorId}:${period}`,
  platform: (period: string): string => `analytics:platform:${period}`,
};

/** Answers that are forgotten together: how their keys begin, and how many parts follow. */
export interface Remembered {
  readonly beginning: string;
  readonly parts: number;
}

/** All that is remembered of something. */
export const REMEMBERED = {
  ofAsset: (assetId: string): Remembered => ({
    beginning: `analytics:asset:${assetId}:`,
    parts: 2,
  }),
  ofCreator: (creatorId: string): Remembered => ({
    beginning: `analytics:creator:${creatorId}:`,
    parts: 1,
  }),
  ofPlatform: (): Remembered => ({ beginning: 'analytics:platform:', parts: 1 }),
};

/** An id may hold colons: `a:b` begins like `a` and is another one. */
export const isRemembered = ({ beginning, parts }: Remembered, key: string): boolean =>
  key.startsWith(beginning) && key.slice(beginning.length).split(':').length === parts;
