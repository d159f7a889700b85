/** What sees the views of this page, for one or more that want to know. */
interface Watch {
  readonly reports: (() => void)[];
  readonly stop: () => void;
  readonly look: () => void;
}

const watches = new Map<string, Watch>();
/** Where the latest view of each was, so that who is closed and made again does not count it again. */
const latest = new Map<string, string>();

/** Runs `then` after each call; the answer takes that back, unless somebody has wrapped it again. */
const wrap = (method: 'pushState' | 'replaceState', then: () => void): (() => void) => {
  const original = history[method];
  const wrapped: typeof original = function (this: History, ...args) {
    original.apply(this, args);
    then();
  };
  history[method] = wrapped;
  return () => {
    if (history[method] === wrapped) history[method] = original;
  };
};

const open = (key: string, countHash: boolean): Watch => {
  const reports: (() => void)[] = [];
  let isLooking = false;

  const address = (): string =>
    location.pathname + location.search + (countHash ? location.hash : '');
  // Who went elsewhere unseen and came back has a longer history.
  const place = (): string => `${history.length} ${address()}`;
  let seen = latest.get(key) === place() ? address() : undefined;

  const compare = (): void => {
    isLooking = false;
    if ((document as { readonly prerendering?: boolean }).prerendering) return;
    const here = address();
    const report = reports.at(-1);
    if (!report || here === seen) return;
    seen = here;
    latest.set(key, place());
    report();
  };
  // Once the page's own code has run: it may redirect at once, and React's strict mode undoes and
  // repeats what it has just done.
  const look = (): void => {
    if (isLooking) return;
    isLooking = true;
    queueMicrotask(compare);
  };
  const onShow = ({ persisted }: PageTransitionEvent): void => {
    if (!persisted) return;
    seen = undefined;
    look();
  };

  const unwrap = [wrap('pushState', look), wrap('replaceState', look)];
  addEventListener('popstate', look);
  addEventListener('pageshow', onShow);
  document.addEventListener('prerenderingchange', look);
  const stop = (): void => {
    watches.delete(key);
    for (const each of unwrap) each();
    removeEventListener('popstate', look);
    removeEventListener('pageshow', onShow);
    document.removeEventListener('prerenderingchange', look);
  };
  return { reports, stop, look };
};

/**
 * Calls `report` for this view of the page and each further one: another address by the history
 * (what follows `#` counts only where asked), or the page coming back from the back/forward cache.
 * Of several with one `key` only the latest is told. Not before a prerendered page is shown.
 *
 * @returns what ends it.
 */
export const watchPageViews = (
  key: string,
  report: () => void,
  countHash: boolean = false,
): (() => void) => {
  const watch = watches.get(key) ?? open(key, countHash);
  watches.set(key, watch);
  watch.reports.push(report);
  watch.look();
  return () => {
    const place = watch.reports.indexOf(report);
    if (place < 0) return;
    watch.reports.splice(place, 1);
    if (!watch.reports.length) watch.stop();
  };
};
