import { applyDecorators, SetMetadata } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiForbiddenResponse,
  ApiServiceUnavailableResponse,
  ApiTooManyRequestsResponse,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import { ProblemDocument } from '../errors/problem-document.js';

export const ALLOWS = 'footfall:allows';
export const OWNERS = 'footfall:owners';
export const PUBLIC = 'footfall:public';

const problem = (description: string) => ({ type: ProblemDocument, description });

/**
 * The scope that a caller needs for this route, in the guard and in the published document. A
 * route without it, or `@Public`, does not start.
 */
export const Allows = (scope: string): MethodDecorator & ClassDecorator =>
  applyDecorators(
    SetMetadata(ALLOWS, scope),
    ApiBearerAuth(),
    ApiUnauthorizedResponse(problem('No credentials, or such as are not valid.')),
    ApiForbiddenResponse(problem(`The caller lacks the scope \`${scope}\`.`)),
    ApiTooManyRequestsResponse(problem('Wrong credentials, too often from one address.')),
    ApiServiceUnavailableResponse(problem('The database is away; try again.')),
  );

/**
 * The kinds of owner whose callers this route serves, each with what is its own: its repository
 * sees to that. Without it a caller that is bound to an owner is refused.
 */
export const ForOwners = (...kinds: readonly string[]): MethodDecorator & ClassDecorator =>
  SetMetadata(OWNERS, kinds);

/** Anybody may call this route; the reason is for the reader. */
export const Public = (reason: string): MethodDecorator & ClassDecorator =>
  SetMetadata(PUBLIC, reason);
