/** The days of each period, up to today; null for all there are. */
export const DAYS_OF_PERIOD = {
  today: 1,
  '7d': 7,
  '30d': 30,
  '90d': 90,
  '1y': 365,
  all: null,
} as const satisfies Readonly<Record<string, number | null>>;

export type Period = keyof typeof DAYS_OF_PERIOD;

export const PERIOD_BY_DEFAULT = '30d';

export const CREATOR_PERIODS = ['7d', '30d', '90d', '1y', 'all'] as const;
export type CreatorPeriod = (typeof CREATOR_PERIODS)[number];

export const PLATFORM_PERIODS = ['today', '7d', '30d', '90d'] as const;
export type PlatformPeriod = (typeof PLATFORM_PERIODS)[number];
