import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ANONYMOUS, type Caller } from './caller.js';

const CALLER = Symbol('caller');

interface Request {
  [CALLER]?: Caller;
}

/** Notes who calls, once the guard has judged it. */
export const noteCaller = (request: object, caller: Caller): void => {
  (request as Request)[CALLER] = caller;
};

/** Who stands behind the request; anonymous on public routes, where nobody was asked. */
export const callerOf = (request: object): Caller => (request as Request)[CALLER] ?? ANONYMOUS;

/** Injects the caller into a handler. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller =>
  callerOf(context.switchToHttp().getRequest<object>()),
);
