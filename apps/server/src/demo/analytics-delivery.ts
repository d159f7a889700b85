import type { AnalyticsAdded, AnalyticsEventDto, SenderTrust } from '#libs/contracts';
import type { EventRecord } from '#libs/event-log';
import type { Member } from './analytics-world.js';
import { delivered, deliveredOnce, type Peer, type Sent } from './delivery.js';
import type { Random } from './random.js';

/** Who is at the platform, and with what. */
export interface Guest {
  readonly peer: Peer;
  readonly sessionId: string;
  readonly source: 'web' | 'mobile';
  /** Null for who is not signed in. */
  readonly member: Member | null;
  readonly attribution: AnalyticsEventDto['attribution'] | null;
}

/** What is said of an event, beside who and when. */
export type Said = Pick<AnalyticsEventDto, 'eventType' | 'entityType' | 'entityId' | 'props'>;

type Records = Generator<EventRecord, void>;

const SERVER: Peer = { ipAddress: '198.51.100.40', userAgent: 'node' };
/** A page that says when it happened, and gives a key to what it may send again. */
const NEWER_PAGE = 0.6;

/** As the page of a visitor sends it. */
export function* fromPage(guest: Guest, said: Said, at: number, random: Random): Records {
  const { source, sessionId, member, attribution } = guest;
  const isNewer = random.chance(NEWER_PAGE);
  const event: AnalyticsEventDto = {
    ...said,
    source,
    sessionId,
    ...(attribution && { attribution }),
    ...(isNewer && {
      idempotencyKey: `page-${random.hex(12)}`,
      occurredAt: new Date(at).toISOString(),
    }),
  };
  yield* sent(
    event,
    { trust: member ? 'user' : 'anonymous', member, peer: guest.peer },
    at,
    random,
  );
}

/** As the platform's own server sends it, with its key, for a member or for nobody. */
export function* fromServer(
  said: Said & Pick<AnalyticsEventDto, 'source'>,
  member: Member | null,
  at: number,
  random: Random,
): Records {
  const event: AnalyticsEventDto = {
    source: 'api',
    ...said,
    idempotencyKey: `${said.eventType}-${said.entityId ?? random.hex(8)}-${at}`,
    occurredAt: new Date(at).toISOString(),
    ...(member && { context: { session: { userId: member.userId, role: member.role } } }),
  };
  yield* sent(event, { trust: 'key', member, peer: SERVER }, at, random);
}

interface Sender {
  readonly trust: SenderTrust;
  readonly member: Member | null;
  readonly peer: Peer;
}

/** Without a key each request is an event, so that nothing without one is sent again. */
function* sent(
  event: AnalyticsEventDto,
  { trust, member, peer }: Sender,
  at: number,
  random: Random,
): Records {
  const { idempotencyKey: key } = event;
  const added: AnalyticsAdded = {
    eventId: uuidAt(at, random),
    idempotencyKey: key === undefined ? null : `${trust}:${key}`,
    trust,
    actorType: member?.role ?? null,
    actorId: member?.userId ?? null,
  };
  const each: Omit<Sent<AnalyticsEventDto>, 'contradicting'> = {
    contract: 'analytics',
    event,
    happenedAt: at,
    peer,
    added,
  };
  if (key === undefined) yield deliveredOnce(each, random);
  else yield* delivered({ ...each, contradicting }, random);
}

const contradicting = (event: AnalyticsEventDto): AnalyticsEventDto => ({
  ...event,
  props: { ...event.props, note: 'sent by hand' },
});

/** In the form of a UUID of version 7: in the order of time. */
function uuidAt(at: number, random: Random): string {
  const time = at.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`;
}
