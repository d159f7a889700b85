import type { SenderTrust } from '#libs/contracts';
import { parse } from 'bowser';
import { isbot } from 'isbot';
import { LRUCache } from 'lru-cache';

/** What a user agent says of who bears it. */
export interface Visitor {
  readonly deviceType: string | null;
  readonly browser: string | null;
  readonly os: string | null;
  readonly isBot: boolean;
}

/** User agents that may be the visitor's. */
export interface UserAgents {
  readonly trust: SenderTrust;
  /** Of the request. */
  readonly header: string | null;
  /** What a server passes on of its visitor's request. */
  readonly told: unknown;
}

/** As much as is kept of a header; what a server tells may be longer. */
const MOST_READ = 1024;
const LONGEST_NAME = 255;
const MOST_REMEMBERED = 2000;

const NOBODY: Visitor = { deviceType: null, browser: null, os: null, isBot: false };
const known = new LRUCache<string, Visitor>({ max: MOST_REMEMBERED });

/**
 * The visitor behind an event. A server that speaks for its visitors is none itself: it may tell
 * their user agent, or have passed on their header; where the header is a program's, it is its own.
 */
export function visitorOf({ trust, header, told }: UserAgents): Visitor {
  if (trust !== 'key') return visitorWith(header);
  if (typeof told === 'string' && told !== '') return visitorWith(told);
  const visitor = visitorWith(header);
  return visitor.isBot ? NOBODY : visitor;
}

function visitorWith(userAgent: string | null): Visitor {
  if (userAgent === null || userAgent === '') return NOBODY;
  const text = userAgent.slice(0, MOST_READ);
  const remembered = known.get(text);
  if (remembered) return remembered;
  const visitor = parsed(text);
  known.set(text, visitor);
  return visitor;
}

/** Never throws: a strange user agent is no reason to lose an event. */
function parsed(text: string): Visitor {
  const isBot = isbot(text);
  try {
    const { browser, os, platform } = parse(text);
    return {
      deviceType: named(platform.type),
      browser: named(browser.name),
      os: named(os.name),
      isBot,
    };
  } catch {
    return { ...NOBODY, isBot };
  }
}

/** Some patterns take the name from the text itself, where half a character may be left by a cut. */
const named = (name: string | undefined): string | null => {
  const text =
    name
      ?.trim()
      .slice(0, LONGEST_NAME)
      .replaceAll(/\p{Cs}/gu, '') ?? '';
  return text === '' ? null : text;
};
