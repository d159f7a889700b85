import type { Attribution } from '../contract/types.js';
import { onceASession } from './session.js';

const UTM_MOST = 255;
const URL_MOST = 8192;

const PARAMETERS = {
  utmSource: 'utm_source',
  utmMedium: 'utm_medium',
  utmCampaign: 'utm_campaign',
  utmTerm: 'utm_term',
  utmContent: 'utm_content',
} as const;

/** As much of a text as the contract takes; a cut must not leave half a character. */
export const cut = (text: string, most: number): string =>
  text.slice(0, most).replace(/\0|[\ud800-\udbff]$/g, '');

/** What brought the visitor to a page: its address and, from another site, the page before. */
export const attributionOf = (page: URL, referrer: string): Attribution => {
  const found: Record<string, string> = {};
  for (const [field, parameter] of Object.entries(PARAMETERS)) {
    const value = page.searchParams.get(parameter);
    if (value) found[field] = cut(value, UTM_MOST);
  }
  if (referrer && !referrer.startsWith(`${page.origin}/`))
    found['referrer'] = cut(referrer, URL_MOST);
  // Not what follows `#`, which is where pages are handed secrets.
  found['landingPage'] = cut(page.href.replace(/#.*/, ''), URL_MOST);
  return found;
};

/** What brought the visitor, as the first page of the session saw it. */
export const currentAttribution = (): Attribution | undefined => {
  const text = onceASession('footfall.attribution', () =>
    JSON.stringify(attributionOf(new URL(location.href), document.referrer)),
  );
  try {
    return JSON.parse(text) as Attribution;
  } catch {
    // Somebody else wrote there.
    return undefined;
  }
};
