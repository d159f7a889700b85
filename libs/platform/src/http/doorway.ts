import type { IncomingMessage, ServerResponse } from 'node:http';
import { Logger } from '@nestjs/common';
import { type Authenticator, CannotAuthenticateError } from '../access/authenticator.js';
import { type Caller, isAllowed } from '../access/caller.js';
import type { Breach } from '../errors/contract-breach.error.js';
import type { Check } from './check.js';
import { type DoorFigures, OTHER_EVENT } from './door.metrics.js';
import type { Allowance, EndpointHandler, EndpointOptions } from './endpoint-options.js';
import { WHOLE_BODY } from './json-body.js';
import { encodingOf, isJson } from './media-type.js';
import type { RateLimiter } from './rate-limiter.js';
import type { Receipts } from './receipts.js';
import { type Headers, Replies } from './replies.js';
import { type BodyFailure, collectBody, unpack } from './request-body.js';
import type { HearsRefusals, RefusalReason } from './refused.js';
import { Visit } from './visit.js';

/** What stands behind a door: the declaration, brought to life. */
export interface Behind {
  readonly options: EndpointOptions<unknown>;
  readonly check: Check;
  readonly handler: EndpointHandler<unknown>;
  readonly controller: HearsRefusals;
  readonly figures: DoorFigures;
  readonly receipts: Receipts;
  readonly authenticator: Authenticator;
  readonly limiter: RateLimiter;
}

const STATUS: Readonly<Record<Exclude<RefusalReason, 'aborted'>, number>> = {
  breach: 400,
  not_json: 400,
  too_deep: 400,
  unauthorized: 401,
  forbidden: 403,
  too_large: 413,
  media_type: 415,
  encoding: 415,
  rate_limited: 429,
};

const NO_HEADERS: Headers = [];
const CHALLENGE: Headers = ['WWW-Authenticate', 'Bearer'];
const LATER: Headers = ['Retry-After', '5'];

/**
 * One way in, answered before Express sees the request. Judges in this order: credentials, media
 * type, size; then what the body holds, which is the business of the two kinds of doorways.
 */
export abstract class Doorway {
  protected readonly logger = new Logger('door');
  protected readonly replies: Replies;

  constructor(
    protected readonly behind: Behind,
    private readonly limit: number,
  ) {
    this.replies = new Replies(behind.options.cors !== false);
  }

  /** Judges a body that came in full. */
  protected abstract judge(visit: Visit, bytes: Buffer): void;

  /** Answers a failure of ours. */
  protected abstract answerLost(visit: Visit): void;

  enter(request: IncomingMessage, response: ServerResponse, awaitsContinue: boolean): void {
    const visit = new Visit(request, response, this.behind.receipts.of(request), awaitsContinue);
    try {
      if (this.behind.options.caller === 'none') this.receive(visit);
      else this.identify(visit).catch((error: unknown) => this.fail(visit, error));
    } catch (error) {
      this.fail(visit, error);
    }
  }

  /** Answers whether this was a preflight for a door that browsers of other origins may use. */
  preflight(request: IncomingMessage, response: ServerResponse): boolean {
    const { cors } = this.behind.options;
    if (cors === false || request.headers.origin === undefined) return false;
    if (request.headers['access-control-request-method'] !== 'POST') return false;
    this.replies.preflight(request, response, cors.headers);
    return true;
  }

  private async identify(visit: Visit): Promise<void> {
    const { headers, socket } = visit.request;
    let caller: Caller | null;
    try {
      const credentials = { headers, socketAddress: socket.remoteAddress };
      caller = await this.behind.authenticator.identify(credentials);
    } catch (error) {
      this.cannotAuthenticate(visit, error);
      return;
    }
    this.admit(visit, caller);
  }

  private admit(visit: Visit, caller: Caller | null): void {
    const { caller: wanted, scope } = this.behind.options;
    if (caller === null) {
      this.refuseEarly(visit, 'unauthorized', 'authorization', 'is not valid', CHALLENGE);
    } else if (wanted === 'optional' || isWelcome(caller, scope)) {
      visit.caller = caller;
      this.receive(visit);
    } else if (caller.kind === 'anonymous') {
      this.refuseEarly(visit, 'unauthorized', 'authorization', 'is missing', CHALLENGE);
    } else {
      this.refuseEarly(visit, 'forbidden', 'authorization', 'does not allow this');
    }
  }

  /** Ours, and not final: asked to come again, neither refused nor lost. */
  private cannotAuthenticate(visit: Visit, error: unknown): void {
    if (!(error instanceof CannotAuthenticateError)) {
      this.complain('DOOR_IDENTIFY_ERROR', visit, error);
    }
    visit.counted = true;
    this.behind.figures.suppressed(OTHER_EVENT, 'unavailable');
    this.reply(visit, 503, LATER, '{"breaches":[]}', true);
  }

  private receive(visit: Visit): void {
    const { headers } = visit.request;
    if (!isJson(headers['content-type'])) {
      this.refuseEarly(visit, 'media_type', 'content-type', 'is not application/json in UTF-8');
      return;
    }
    const encoding = encodingOf(headers['content-encoding']);
    if (encoding === null) {
      this.refuseEarly(visit, 'encoding', 'content-encoding', 'is neither identity nor gzip');
    } else if (Number(headers['content-length']) > this.limit) {
      this.refuseEarly(visit, 'too_large', WHOLE_BODY, this.tooLarge());
    } else {
      this.collect(visit, encoding === 'gzip');
    }
  }

  private collect(visit: Visit, packed: boolean): void {
    if (visit.awaitsContinue) {
      visit.awaitsContinue = false;
      visit.response.writeContinue();
    }
    collectBody(visit.request, this.limit, (body, size) => {
      visit.size = size;
      if (packed && typeof body !== 'string') {
        unpack(body, this.limit, (unpacked) => this.received(visit, unpacked));
      } else {
        this.received(visit, body);
      }
    });
  }

  private received(visit: Visit, body: Buffer | BodyFailure): void {
    try {
      if (typeof body === 'string') {
        this.refuseBody(visit, body);
      } else {
        visit.size = body.length;
        this.judge(visit, body);
      }
    } catch (error) {
      this.fail(visit, error);
    }
  }

  private refuseBody(visit: Visit, failure: BodyFailure): void {
    if (failure === 'aborted') {
      visit.counted = true;
      this.behind.figures.invalid('aborted');
    } else if (failure === 'encoding') {
      const breach = { field: WHOLE_BODY, reason: 'is not gzip' };
      this.refuse(visit, 'encoding', [breach], null, NO_HEADERS, 400);
    } else {
      this.refuseEarly(visit, 'too_large', WHOLE_BODY, this.tooLarge());
    }
  }

  private tooLarge(): string {
    return `is larger than ${this.limit} bytes`;
  }

  /** Refuses the whole request: counts it, tells the contract, answers. */
  protected refuse(
    visit: Visit,
    reason: Exclude<RefusalReason, 'aborted'>,
    breaches: readonly Breach[],
    payload: unknown,
    headers: Headers = NO_HEADERS,
    status: number = STATUS[reason],
  ): void {
    visit.counted = true;
    this.behind.figures.invalid(reason);
    this.tell(visit, reason, breaches, payload, visit.size);
    this.reply(visit, status, headers, JSON.stringify({ breaches }));
  }

  /** Refuses while the body may still be on its way. */
  private refuseEarly(
    visit: Visit,
    refusal: Exclude<RefusalReason, 'aborted'>,
    field: string,
    reason: string,
    headers: Headers = NO_HEADERS,
  ): void {
    const breaches = [{ field, reason }];
    visit.counted = true;
    this.behind.figures.invalid(refusal);
    this.tell(visit, refusal, breaches, null, visit.size);
    this.reply(visit, STATUS[refusal], headers, JSON.stringify({ breaches }), true);
  }

  /** What the contract makes of a refusal is its own affair. */
  protected tell(
    visit: Visit,
    reason: RefusalReason,
    breaches: readonly Breach[],
    payload: unknown,
    size: number,
  ): void {
    try {
      this.behind.controller.refused({ reason, breaches, payload, size, receipt: visit.receipt });
    } catch (error) {
      this.complain('DOOR_REFUSED_ERROR', visit, error);
    }
  }

  protected reply(
    visit: Visit,
    status: number,
    headers: Headers,
    body: string | undefined,
    early = false,
  ): void {
    if (early && body !== undefined && this.leavesTooMuch(visit)) {
      this.replies.sendAndPart(visit, status, headers, body);
    } else {
      this.replies.send(visit, status, headers, body);
    }
    this.behind.figures.answered(visit.startedMs);
  }

  /** Whether the rest of the body is not worth reading, only to keep the connection. */
  private leavesTooMuch({ request, awaitsContinue }: Visit): boolean {
    if (request.complete) return false;
    const { headers } = request;
    return (
      awaitsContinue ||
      headers['transfer-encoding'] !== undefined ||
      Number(headers['content-length'] ?? 0) > this.limit
    );
  }

  /** 0, or the milliseconds to wait. A limiter that fails stops nobody. */
  protected async mustWait(visit: Visit, allowances: readonly Allowance[]): Promise<number> {
    if (allowances.length === 0) return 0;
    try {
      return await this.behind.limiter.take(allowances);
    } catch (error) {
      this.complain('DOOR_RATE_LIMIT_ERROR', visit, error);
      return 0;
    }
  }

  protected refuseForNow(visit: Visit, waitMs: number, payload: unknown): void {
    const breaches = [{ field: WHOLE_BODY, reason: 'comes too soon' }];
    const seconds = Math.max(1, Math.ceil(waitMs / 1000));
    this.tell(visit, 'rate_limited', breaches, payload, visit.size);
    this.reply(visit, 429, ['Retry-After', `${seconds}`], JSON.stringify({ breaches }));
  }

  /**
   * Whatever goes wrong here is ours: the sender gets the answer that was declared for it. Never
   * throws, since nothing stands behind it.
   */
  protected fail(visit: Visit, error: unknown): void {
    this.complain('DOOR_ERROR', visit, error);
    if (!visit.counted) this.behind.figures.lost(OTHER_EVENT);
    visit.counted = true;
    try {
      if (!visit.response.headersSent) this.answerLost(visit);
    } catch (unanswerable) {
      this.complain('DOOR_ERROR', visit, unanswerable);
      visit.response.destroy();
    }
  }

  protected complain(type: string, { receipt }: Visit, error: unknown): void {
    const { name: contract } = this.behind.options;
    this.logger.error({ type, contract, requestId: receipt.requestId, error: String(error) });
  }
}

const isWelcome = (caller: Caller, scope: string | undefined): boolean =>
  scope === undefined ? caller.kind !== 'anonymous' : isAllowed(caller, scope);
