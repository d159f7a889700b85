import { uuidV7 } from '../uuid-v7.js';

const remembered = new Map<string, string>();

/**
 * A text that is made once a session, which is one tab until it is closed. It lives in
 * `sessionStorage`; where that is forbidden or full, as long as the page.
 */
export const onceASession = (key: string, make: () => string): string => {
  const known = remembered.get(key);
  if (known) return known;
  let text: string | null = null;
  try {
    text = sessionStorage.getItem(key);
  } catch {
    // Forbidden: memory has to do.
  }
  const kept = text || make();
  remembered.set(key, kept);
  try {
    sessionStorage.setItem(key, kept);
  } catch {
    // Forbidden or full.
  }
  return kept;
};

/** The id of this session. All trackers of a page share it. */
export const currentSession = (): string => onceASession('footfall.session', () => uuidV7());
