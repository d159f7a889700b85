import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type CanActivate,
  type ExecutionContext,
  ForbiddenException,
  HttpException,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common';
import { Authenticator, TooManyFailedLoginsError } from './authenticator.js';
import { type Caller, isAllowed } from './caller.js';
import { noteCaller } from './current-caller.decorator.js';
import { requirementOf } from './requirement.js';

/**
 * Closed by default: lets a request through only where its route is public, or where its caller
 * has the scope that the route names. A caller that is bound to an owner comes only where the route
 * tells owners apart. What it lets through is its caller's, and in nobody else's cache, unless the
 * route says otherwise.
 */
@Injectable()
export class AllowsGuard implements CanActivate {
  constructor(private readonly authenticator: Authenticator) {}

  /**
   * @throws UnauthorizedException, ForbiddenException, an HttpException with 429, or
   * CannotAuthenticateError (503).
   */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const requirement = requirementOf(context.getHandler(), context.getClass());
    if (requirement === 'public') return true;
    if (requirement === null) throw new ForbiddenException('This route says nobody may call it.');
    const request = context.switchToHttp().getRequest<IncomingMessage>();
    const response = context.switchToHttp().getResponse<ServerResponse>();
    // Caches that others share keep what `x-api-key` opened, unless they are told.
    response.setHeader('Cache-Control', 'private, no-cache');
    const caller = await this.callerOf(request, response);
    if (caller === null) {
      throw challenged(response, 'These credentials are not valid.', 'invalid_token');
    }
    if (!isAllowed(caller, requirement.scope)) throw refusal(caller, requirement.scope, response);
    if (caller.owner !== undefined && !requirement.owners.includes(caller.owner.kind)) {
      throw new ForbiddenException(`A caller bound to a ${caller.owner.kind} has nothing here.`);
    }
    noteCaller(request, caller);
    return true;
  }

  private async callerOf(
    { headers, socket }: IncomingMessage,
    response: ServerResponse,
  ): Promise<Caller | null> {
    try {
      return await this.authenticator.identify({ headers, socketAddress: socket.remoteAddress });
    } catch (error) {
      if (!(error instanceof TooManyFailedLoginsError)) throw error;
      response.setHeader('Retry-After', error.retryAfterSeconds);
      throw new HttpException('Too many wrong credentials came from your address.', 429);
    }
  }
}

/** Whoever showed no key may try again with one; whoever did has the wrong one for this. */
function refusal(caller: Caller, scope: string, response: ServerResponse): Error {
  return caller.kind === 'anonymous'
    ? challenged(response, 'This route needs a key.')
    : new ForbiddenException(`This ${caller.kind} lacks the scope ${scope}.`);
}

function challenged(response: ServerResponse, message: string, error?: string): Error {
  const problem = error === undefined ? '' : `, error="${error}"`;
  response.setHeader('WWW-Authenticate', `Bearer realm="footfall"${problem}`);
  return new UnauthorizedException(message);
}
