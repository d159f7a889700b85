/**
 * localhost and what lies below it, an IPv4 address, or an IPv6 address in brackets or bare; each
 * with or without a port. A bare IPv6 address has two colons at least, a host with a port only one.
 * Not the names that begin like an address (`10.example.com`).
 */
const LOCAL_HOST = [
  String.raw`([^.]+[.])*localhost[.]?(:[0-9]+)?`,
  String.raw`([0-9]{1,3}[.]){3}[0-9]{1,3}(:[0-9]+)?`,
  String.raw`\[.*\](:[0-9]+)?`,
  String.raw`[0-9a-f.]*:[0-9a-f.]*:[0-9a-f:.]*(%.*)?`,
].join('|');

/**
 * All of those end so, or hold a colon. Asked first, because it is four times quicker: few other
 * names do.
 */
const MAY_BE_LOCAL =
  "strpos(full_hostname, ':') > 0 OR strpos('.tT0123456789', right(full_hostname, 1)) > 0";

/**
 * Whether a row of `checkout_events` is of real buyers: no sandbox, no developer's machine. Judged
 * for each event; never null.
 */
export const IS_PRODUCTION = `(
  execution_environment NOT IN ('sandbox', 'development')
  AND coalesce(checkout_mode NOT IN ('sandbox', 'development'), true)
  AND CASE WHEN ${MAY_BE_LOCAL} THEN full_hostname !~* '^(${LOCAL_HOST})$' ELSE true END
)`;
