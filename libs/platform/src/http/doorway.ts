import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type Authenticator,
  CannotAuthenticateError,
  type Credentials,
  TooManyFailedLoginsError,
} from '../access/authenticator.js';
import { ANONYMOUS, type Caller, isAllowed } from '../access/caller.js';
import type { TrustedNetworks } from '../access/trusted-networks.js';
import type { Check } from './check.js';
import { DoorLog } from './door.log.js';
import { type DoorFigures, OTHER_EVENT } from './door.metrics.js';
import type { Allowance, EndpointHandler, EndpointOptions } from './endpoint-options.js';
import { WHOLE_BODY } from './json-body.js';
import { encodingOf, isJson } from './media-type.js';
import type { RateLimiter } from './rate-limiter.js';
import type { Receipts } from './receipts.js';
import { type Headers, Replies } from './replies.js';
import { type BodyFailure, collectBody, unpack } from './request-body.js';
import { type Refusal, Refusals } from './refusals.js';
import type { HearsRefusals } from './refused.js';
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
  readonly networks: TrustedNetworks;
  readonly limiter: RateLimiter;
}

const LATER: Headers = ['Retry-After', '5'];

/**
 * One way in, answered before Express sees the request. Judges in this order: credentials, media
 * type, size; then what the body holds, which is the business of the two kinds of doorways.
 */
export abstract class Doorway {
  protected readonly log: DoorLog;
  protected readonly replies: Replies;
  protected readonly refusals: Refusals;

  constructor(
    protected readonly behind: Behind,
    private readonly limit: number,
  ) {
    const { options, controller, figures } = behind;
    this.log = new DoorLog(options.name);
    this.replies = new Replies(options.cors !== false, limit, figures);
    this.refusals = new Refusals(controller, figures, this.replies, this.log);
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
    const credentials = { headers, socketAddress: socket.remoteAddress };
    let caller: Caller | null;
    try {
      caller = await this.behind.authenticator.identify(credentials);
    } catch (error) {
      this.cannotAuthenticate(visit, error);
      return;
    }
    const { httpVersion } = visit.request;
    this.admit(
      visit,
      caller?.kind === 'anonymous' ? this.withoutCredentials(credentials, httpVersion) : caller,
    );
  }

  private withoutCredentials(credentials: Credentials, httpVersion: string): Caller {
    const { trustsNetworks, scope } = this.behind.options;
    const isTrusted = trustsNetworks && this.behind.networks.trust(credentials, httpVersion);
    if (!isTrusted) return ANONYMOUS;
    return { kind: 'network', id: null, scopes: scope === undefined ? [] : [scope] };
  }

  private admit(visit: Visit, caller: Caller | null): void {
    const { options } = this.behind;
    if (caller === null) {
      this.refuseEarly(visit, 'unauthorized', 'authorization', 'is not valid');
    } else if (options.caller === 'optional' || isWelcome(caller, options)) {
      visit.caller = caller;
      this.receive(visit);
    } else if (caller.kind === 'anonymous') {
      this.refuseEarly(visit, 'unauthorized', 'authorization', 'is missing');
    } else {
      this.refuseEarly(visit, 'forbidden', 'authorization', 'does not allow this');
    }
  }

  /** Nobody can say who it is, or nobody is to try any more; else ours, and not final: asked to come again, neither refused nor lost. */
  private cannotAuthenticate(visit: Visit, error: unknown): void {
    if (error instanceof TooManyFailedLoginsError) {
      const breach = { field: 'authorization', reason: 'is not valid, and comes too often' };
      const headers = ['Retry-After', String(error.retryAfterSeconds)];
      this.refusals.refuseEarly(visit, 'rate_limited', breach, headers);
      return;
    }
    if (!(error instanceof CannotAuthenticateError)) {
      this.log.cannotIdentify(visit, error);
    }
    visit.counted = true;
    this.behind.figures.suppressed(OTHER_EVENT, 'unavailable');
    this.replies.sendEarly(visit, 503, LATER, '{"breaches":[]}');
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
      this.refuseEarly(visit, 'too_large', WHOLE_BODY, `is larger than ${this.limit} bytes`);
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
      this.refusals.refuse(visit, 'encoding', [breach], null, 400);
    } else {
      this.refuseEarly(visit, 'too_large', WHOLE_BODY, `is larger than ${this.limit} bytes`);
    }
  }

  private refuseEarly(visit: Visit, refusal: Refusal, field: string, reason: string): void {
    this.refusals.refuseEarly(visit, refusal, { field, reason });
  }

  /** What an event draws on. */
  protected allowancesOf({ receipt, caller }: Visit, event: object): readonly Allowance[] {
    const { options, controller } = this.behind;
    return options.rateLimit?.(event, receipt, caller, controller) ?? [];
  }

  /** 0, or the milliseconds to wait. A limiter that fails stops nobody. */
  protected async mustWait(visit: Visit, allowances: readonly Allowance[]): Promise<number> {
    if (allowances.length === 0) return 0;
    try {
      return await this.behind.limiter.take(allowances);
    } catch (error) {
      this.log.cannotLimit(visit, error);
      return 0;
    }
  }

  /**
   * Whatever goes wrong here is ours: the sender gets the answer that was declared for it. Never
   * throws, since nothing stands behind it.
   */
  protected fail(visit: Visit, error: unknown): void {
    this.log.failed(visit, error);
    if (!visit.counted) this.behind.figures.lost(OTHER_EVENT);
    visit.counted = true;
    try {
      if (!visit.response.headersSent) this.answerLost(visit);
    } catch (unanswerable) {
      this.log.failed(visit, unanswerable);
      visit.response.destroy();
    }
  }
}

function isWelcome(caller: Caller, { scope, welcomes }: Behind['options']): boolean {
  const isAble = scope === undefined ? caller.kind !== 'anonymous' : isAllowed(caller, scope);
  return isAble && (welcomes?.(caller) ?? true);
}
