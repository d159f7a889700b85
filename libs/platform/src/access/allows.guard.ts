import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type CanActivate,
  type ExecutionContext,
  ForbiddenException,
  Injectable,
  ServiceUnavailableException,
  UnauthorizedException,
} from '@nestjs/common';
import { Authenticator, CannotAuthenticateError } from './authenticator.js';
import { type Caller, isAllowed } from './caller.js';
import { noteCaller } from './current-caller.decorator.js';
import { requirementOf } from './requirement.js';

const RETRY_AFTER_SECONDS = 5;

/**
 * Closed by default: lets a request through only where its route is public, or where its caller
 * has the scope that the route names.
 */
@Injectable()
export class AllowsGuard implements CanActivate {
  constructor(private readonly authenticator: Authenticator) {}

  /** @throws UnauthorizedException, ForbiddenException, or ServiceUnavailableException. */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const requirement = requirementOf(context.getHandler(), context.getClass());
    if (requirement === 'public') return true;
    if (requirement === null) throw new ForbiddenException('This route says nobody may call it.');
    const request = context.switchToHttp().getRequest<IncomingMessage>();
    const response = context.switchToHttp().getResponse<ServerResponse>();
    const caller = await this.identify(request, response);
    if (caller === null) throw challenged(response, 'This key is not valid.', 'invalid_token');
    if (!isAllowed(caller, requirement.scope)) throw refusal(caller, requirement.scope, response);
    noteCaller(request, caller);
    return true;
  }

  private async identify(
    { headers, socket }: IncomingMessage,
    response: ServerResponse,
  ): Promise<Caller | null> {
    try {
      return await this.authenticator.identify({ headers, socketAddress: socket.remoteAddress });
    } catch (error) {
      if (!(error instanceof CannotAuthenticateError)) throw error;
      response.setHeader('Retry-After', RETRY_AFTER_SECONDS);
      throw new ServiceUnavailableException('Keys cannot be read at the moment.', { cause: error });
    }
  }
}

/** Whoever showed no key may try again with one; whoever did has the wrong one for this. */
function refusal(caller: Caller, scope: string, response: ServerResponse): Error {
  return caller.kind === 'anonymous'
    ? challenged(response, 'This route needs a key.')
    : new ForbiddenException(`This key lacks the scope ${scope}.`);
}

function challenged(response: ServerResponse, message: string, error?: string): Error {
  const problem = error === undefined ? '' : `, error="${error}"`;
  response.setHeader('WWW-Authenticate', `Bearer realm="footfall"${problem}`);
  return new UnauthorizedException(message);
}
