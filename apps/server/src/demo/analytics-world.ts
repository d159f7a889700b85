/** Who makes pictures, and what of them is licensed. Names are made up. */
export interface Creator {
  readonly creatorId: string;
  readonly name: string;
  /** The index of the day on which the platform hears of them; 0 for those who were there before. */
  readonly since: number;
}

export interface Asset {
  readonly assetId: string;
  readonly title: string;
  readonly creator: Creator;
  readonly projectId: string | null;
  /** What a licence of it costs. */
  readonly feeCents: number;
  /** How often it is visited. */
  readonly weight: number;
  readonly since: number;
}

export interface Brand {
  readonly brandId: string;
  readonly name: string;
  readonly since: number;
}

/** A member of the platform, as its tokens name them. */
export interface Member {
  readonly userId: string;
  readonly name: string;
  readonly role: 'user' | 'creator' | 'brand';
  readonly since: number;
}

const CREATOR_NAMES = [
  'Aurora Lima',
  'Bento Sketches',
  'Cleo Prints',
  'Dario Lens',
  'Estela Ink',
  'Faro Studio',
  'Gaia Shapes',
  'Hilda Type',
  'Ivo Motion',
  'Jade Patterns',
];
const SUBJECTS = ['Lighthouse', 'Harbour', 'Orchard', 'Tramway', 'Dunes', 'Market', 'Rainforest'];
const MOODS = ['at dawn', 'in rain', 'by night', 'from above', 'in colour', 'in ink'];
const BRAND_NAMES = [
  'Tea & Co',
  'Norte Bikes',
  'Casa Clara',
  'Pixel Bank',
  'Vento Air',
  'Mel Foods',
];
const PROJECTS = ['spring-campaign', 'rebranding', 'calendar'];
const MEMBERS = 240;
/** So many members were there before the demo began. */
const EARLIER_MEMBERS = 110;

export const CREATORS: readonly Creator[] = CREATOR_NAMES.map((name, i) => ({
  creatorId: `creator-${i + 1}`,
  name,
  since: i < 7 ? 0 : 4 * (i - 5),
}));

/** Each creator uploads some at once, and others over the weeks. */
export const ASSETS: readonly Asset[] = Array.from({ length: 42 }, (_, i) => {
  const creator = CREATORS[i % CREATORS.length]!;
  const later = i < 24 ? 0 : i - 20;
  return {
    assetId: `asset-${i + 1}`,
    title: `${SUBJECTS[i % SUBJECTS.length]} ${MOODS[i % MOODS.length]}`,
    creator,
    projectId: i % 4 === 3 ? PROJECTS[i % PROJECTS.length]! : null,
    feeCents: 9900 + 5000 * (i % 9),
    weight: 1 / (i + 2) ** 0.7,
    since: Math.max(creator.since, later),
  };
});

export const BRANDS: readonly Brand[] = BRAND_NAMES.map((name, i) => ({
  brandId: `brand-${i + 1}`,
  name,
  since: i < 4 ? 0 : 6 * (i - 3),
}));

export const PROJECT_IDS: readonly string[] = PROJECTS;

export const POST_IDS: readonly string[] = [
  'how-to-license',
  'meet-the-creators',
  'colour-in-2026',
  'what-is-a-royalty',
];

/** Creators and brands have a user each; the others are plain users, more of them every day. */
export const ALL_MEMBERS: readonly Member[] = [
  ...CREATORS.map(({ creatorId, name, since }) => member(creatorId, name, 'creator', since)),
  ...BRANDS.map(({ brandId, name, since }) => member(brandId, name, 'brand', since)),
  ...Array.from({ length: MEMBERS }, (_, i) =>
    member(
      `${i + 1}`,
      `Member ${i + 1}`,
      'user',
      Math.max(0, Math.ceil((i - EARLIER_MEMBERS) / 4.5)),
    ),
  ),
];

function member(id: string, name: string, role: Member['role'], since: number): Member {
  return { userId: `usr-${id}`, name, role, since };
}

/** Those of whom the platform has heard by a day. */
export const knownBy = <Thing extends { readonly since: number }>(
  things: readonly Thing[],
  dayIndex: number,
): readonly Thing[] => things.filter(({ since }) => since < Math.max(1, dayIndex));
