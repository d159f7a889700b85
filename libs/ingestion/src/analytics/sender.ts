import {
  type AnalyticsEventDto,
  DEFAULT_SOURCE,
  MONEY_PROPS,
  senderOf,
  type SenderTrust,
  VISITOR_SOURCES,
} from '#libs/contracts';
import { type Breach, type Caller, isAllowed } from '#libs/platform';

const SCOPE = 'ingest:analytics';

/**
 * A key without the scope is nobody in particular here: it may do what anybody may. So is one that is
 * bound to an owner: what servers say, such as whose an asset is, they say of everybody.
 */
export function trustOf(caller: Caller): SenderTrust {
  if (caller.kind === 'user') return 'user';
  const isServer = caller.kind === 'key' && caller.owner === undefined;
  return isServer && isAllowed(caller, SCOPE) ? 'key' : 'anonymous';
}

/** Whether a sender may speak of money, and as a server. */
const speaksForThePlatform = (caller: Caller): boolean =>
  trustOf(caller) === 'key' || (caller.kind === 'user' && isAllowed(caller, 'admin'));

const REASON = 'needs an ingest key, or the token of an administrator';

/**
 * What this caller may not say of this event, one breach a field: nobody writes revenue from a
 * browser's console. Money counts by being there, whatever its value.
 */
export function notAllowed(event: AnalyticsEventDto, caller: Caller): Breach[] {
  if (speaksForThePlatform(caller)) return [];
  const { eventType, source = DEFAULT_SOURCE, props = {} } = event;
  const fields = [
    ...(senderOf(eventType) === 'server' ? ['eventType'] : []),
    ...(VISITOR_SOURCES.includes(source) ? [] : ['source']),
    ...MONEY_PROPS.filter((name) => Object.hasOwn(props, name)).map((name) => `props.${name}`),
  ];
  return fields.map((field) => ({ field, reason: REASON }));
}

/** What and who acted: as a trusted server says, or as a user's token does; else nobody knows. */
export function actorOf(
  { context }: AnalyticsEventDto,
  caller: Caller,
): { readonly actorType: string | null; readonly actorId: string | null } {
  const trust = trustOf(caller);
  if (trust === 'anonymous') return { actorType: null, actorId: null };
  const { userId, role } =
    trust === 'user' ? { userId: caller.id, role: caller.role } : (context?.session ?? {});
  const actorId = userId || null;
  return { actorType: role || (actorId === null ? null : 'user'), actorId };
}

/**
 * `DNT: 1` and `Sec-GPC: 1` are a browser's words. A server that speaks for its visitors, with a
 * key, has heard theirs itself; what stands in its own request is nobody's wish.
 */
export const asksNotToBeTracked = (
  { privacySignal }: { readonly privacySignal?: string },
  caller: Caller,
): boolean => privacySignal !== undefined && trustOf(caller) !== 'key';
