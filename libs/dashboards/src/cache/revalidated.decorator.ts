import {
  applyDecorators,
  createParamDecorator,
  type ExecutionContext,
  Header,
} from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import type { Request } from 'express';

const NO_CACHE = /(?:^|[,\s])no-cache(?:[,\s=]|$)/i;

/**
 * An answer that whoever asked may keep, and asks about before it is shown again: it bears an
 * `ETag`, and `If-None-Match` is answered 304 while nothing changed.
 *
 * `asOf` is part of the answer. So a dashboard that is not cached has another tag whenever the
 * database is read at another time: 304 then is what a cached one answers, and what is young.
 */
export const Revalidated = (): MethodDecorator =>
  applyDecorators(
    Header('Cache-Control', 'private, no-cache'),
    ApiResponse({ status: 304, description: 'It is still what `If-None-Match` names.' }),
  );

const DOCUMENTED = ApiHeader({
  name: 'Cache-Control',
  required: false,
  description: '`no-cache`: not what is cached, but a fresh answer, which is cached in its place.',
  schema: { type: 'string', enum: ['no-cache'] },
});

/** Whether the question wants no answer from the cache: `Cache-Control: no-cache`. Documents it too. */
export const PassesBy = createParamDecorator(
  (_: unknown, context: ExecutionContext): boolean =>
    NO_CACHE.test(context.switchToHttp().getRequest<Request>().headers['cache-control'] ?? ''),
  [
    (target, handler) =>
      DOCUMENTED(target, handler!, Object.getOwnPropertyDescriptor(target, handler!)!),
  ],
);
