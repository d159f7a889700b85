import {
  ANONYMOUS,
  Authenticator,
  type Breach,
  type Caller,
  CannotAuthenticateError,
  type CheckResult,
  ContractBreachError,
  type Credentials,
  type HearsRefusals,
  IngestionEndpoint,
  KEPT,
  LOST,
  type Outcome,
  type Receipt,
  type Refused,
  networkOf,
} from '#libs/platform';
import { Controller, Injectable } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';

/** A made-up contract, nothing like any of ours: what a door can do must not depend on one. */
export class GiftDto {
  @ApiProperty({ type: String })
  readonly label: string;

  /** What the handler makes of it: `kept`, `lost`, `skipped`, `throws` or `unwelcome`. */
  @ApiProperty({ type: String })
  readonly wish: string;

  @ApiProperty({ type: Number, required: false })
  readonly wrappedAt?: number;
}

export class WishDto {
  @ApiProperty({ type: String })
  readonly text: string;
}

/** Unlike what is compiled from a schema, written by hand. Drops what it does not know. */
export function checkGift(body: unknown): CheckResult {
  const gift = body as Record<string, unknown>;
  const breaches: Breach[] = [];
  for (const field of ['label', 'wish']) {
    const value = Object.hasOwn(gift, field) ? gift[field] : undefined;
    if (typeof value !== 'string') breaches.push({ field, reason: 'is no text' });
  }
  const unknownFields = dropped(gift, ['label', 'wish', 'wrappedAt']);
  return { breaches, unknownFields, isAsSent: unknownFields === 0 };
}

export function checkWish(body: unknown): CheckResult {
  const wish = body as Record<string, unknown>;
  const breaches = typeof wish.text === 'string' ? [] : [{ field: 'text', reason: 'is no text' }];
  const unknownFields = dropped(wish, ['text']);
  return { breaches, unknownFields, isAsSent: unknownFields === 0 };
}

function dropped(body: Record<string, unknown>, known: readonly string[]): number {
  const unknown = Object.keys(body).filter((field) => !known.includes(field));
  for (const field of unknown) delete body[field];
  return unknown.length;
}

export const GIFT_LIMIT = 2_000;
export const GIFTS_A_MINUTE = 6;

interface Handed {
  readonly event: GiftDto | WishDto;
  readonly receipt: Receipt;
  readonly caller: Caller;
}

/** What the doors handed over and refused, for a test to look at. */
@Injectable()
export class GiftShop {
  handed: Handed[] = [];
  refusals: Refused[] = [];
  /** A test may hold events back, to see what happens meanwhile. */
  until: Promise<void> = Promise.resolve();
  refusedThrows = false;

  async take(event: GiftDto | WishDto, receipt: Receipt, caller: Caller): Promise<void> {
    this.handed.push({ event, receipt, caller });
    await this.until;
  }

  reset(): void {
    this.handed = [];
    this.refusals = [];
    this.until = Promise.resolve();
    this.refusedThrows = false;
  }
}

@Controller()
export class GiftController implements HearsRefusals {
  constructor(private readonly shop: GiftShop) {}

  /** Back ends only, with a key; answers with an id of its own; no browsers, limited, in batches. */
  @IngestionEndpoint<GiftDto>({
    name: 'gift',
    paths: ['gifts', '/gifts', 'v1/gifts'],
    batch: { path: 'gifts/batch', most: ({ kind }) => (kind === 'key' ? 4 : 2) },
    contract: GiftDto,
    summary: 'Give something',
    description: 'To anybody.',
    examples: { flowers: { summary: 'Flowers', value: { label: 'flowers', wish: 'kept' } } },
    bodyLimit: GIFT_LIMIT,
    caller: 'required',
    scope: 'ingest:gifts',
    cors: false,
    // A giver's own limit, and a ceiling for the network that it comes from.
    rateLimit: (_gift, { ipAddress }, caller) => [
      { key: `giver ${caller.id}`, most: GIFTS_A_MINUTE, perSeconds: 60 },
      { key: `network ${networkOf(ipAddress ?? '')}`, most: 10_000, perSeconds: 60 },
    ],
    traits: ({ label, wish, wrappedAt }) => ({ id: label, name: `gift_${wish}`, time: wrappedAt }),
    answers: {
      kept: {
        status: 202,
        body: ({ eventId }) => ({ given: true, giftId: eventId }),
        schema: { type: 'object', properties: { given: { type: 'boolean' } } },
      },
      lost: { status: 503, headers: { 'Retry-After': '7' } },
      skipped: {
        status: 202,
        body: (_outcome, receipt) => ({ given: false, why: receipt.privacySignal }),
      },
    },
  })
  async give(gift: GiftDto, receipt: Receipt, caller: Caller): Promise<Outcome> {
    await this.shop.take(gift, receipt, caller);
    if (gift.wish === 'throws') throw new TypeError('the ribbon broke');
    if (gift.wish === 'lost') return LOST;
    if (gift.wish === 'skipped' || receipt.privacySignal) return { verdict: 'skipped' };
    if (gift.wish === 'unwelcome') {
      throw new ContractBreachError([{ field: 'wish', reason: 'is unwelcome' }]);
    }
    return { verdict: 'kept', eventId: `gift-${gift.label}` };
  }

  /** Anybody, from any page; an empty 200. */
  @IngestionEndpoint<WishDto>({
    name: 'wish',
    paths: ['wishes'],
    batch: { path: 'wishes/batch', most: () => 3 },
    contract: WishDto,
    summary: 'Wish for something',
    bodyLimit: GIFT_LIMIT,
    caller: 'optional',
    cors: { headers: ['content-type', 'authorization'] },
    traits: () => ({ name: 'wish' }),
    answers: { kept: { status: 200 }, lost: { status: 202 } },
  })
  async wish(wish: WishDto, receipt: Receipt, caller: Caller): Promise<Outcome> {
    await this.shop.take(wish, receipt, caller);
    return KEPT;
  }

  /** Asks nobody who they are. */
  @IngestionEndpoint<WishDto>({
    name: 'whisper',
    paths: ['whispers'],
    contract: WishDto,
    summary: 'Wish for something in secret',
    bodyLimit: GIFT_LIMIT,
    caller: 'none',
    cors: { headers: ['content-type'] },
    traits: () => ({ name: 'whisper' }),
    answers: { kept: { status: 204 }, lost: { status: 202 } },
  })
  async whisper(wish: WishDto, receipt: Receipt, caller: Caller): Promise<Outcome> {
    await this.shop.take(wish, receipt, caller);
    return KEPT;
  }

  /** Back ends, with a key or from a network that is trusted. */
  @IngestionEndpoint<WishDto>({
    name: 'parcel',
    paths: ['parcels'],
    batch: { path: 'parcels/batch', most: ({ kind }) => (kind === 'anonymous' ? 0 : 3) },
    contract: WishDto,
    summary: 'Send a parcel',
    bodyLimit: GIFT_LIMIT,
    caller: 'required',
    scope: 'ingest:gifts',
    trustsNetworks: true,
    cors: false,
    traits: () => ({ name: 'parcel' }),
    answers: { kept: { status: 200 }, lost: { status: 503, headers: { 'Retry-After': '7' } } },
  })
  async send(wish: WishDto, receipt: Receipt, caller: Caller): Promise<Outcome> {
    await this.shop.take(wish, receipt, caller);
    return KEPT;
  }

  refused(refused: Refused): void {
    this.shop.refusals.push(refused);
    if (this.shop.refusedThrows) throw new Error('nobody listens');
  }
}

const CALLERS = new Map<string | undefined, Caller>([
  [undefined, ANONYMOUS],
  ['Bearer giver', { kind: 'key', id: 'giver', scopes: ['ingest:gifts'] }],
  ['Bearer person', { kind: 'user', id: 'person', scopes: ['ingest:gifts'] }],
  ['Bearer reader', { kind: 'key', id: 'reader', scopes: ['events:read'] }],
]);

@Injectable()
export class GiftAuthenticator extends Authenticator {
  asked = 0;

  override identify({ headers: { authorization } }: Credentials): Caller | null {
    this.asked++;
    if (authorization === 'Bearer away') throw new CannotAuthenticateError();
    if (authorization?.startsWith('Bearer fresh-')) {
      return { kind: 'key', id: authorization, scopes: ['ingest:gifts'] };
    }
    return CALLERS.get(authorization) ?? null;
  }
}
