import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  BadRequestException,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  PayloadTooLargeException,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import { lastValueFrom, type Observable, of } from 'rxjs';
import { ContractBreachError } from '../errors/contract-breach.error.js';
import { readObject } from './json-body.js';
import { encodingOf, isJson } from './media-type.js';
import { collectBody } from './request-body.js';
import { streamedTypesOf, whileStreaming } from './streamed-body.js';

const MOST_BYTES = 102_400;
const WITH_BODY: ReadonlySet<string | undefined> = new Set(['POST', 'PUT', 'PATCH']);

/** A streamed body may take as long as it likes while bytes come; without any, only so long. */
const STREAM_IDLE_MS = 30_000;

/**
 * Reads the bodies of administrative endpoints, by the same rules as the doors: JSON in UTF-8, not
 * packed, bounded in size and depth, since what stands behind walks it recursively. A route that
 * bears `@StreamsBody` reads its own.
 *
 * Nest's own parser is to be off. An interceptor stands behind the guard, so that who may not call
 * hears that first.
 */
@Injectable()
export class StrictBody implements NestInterceptor {
  constructor(private readonly streamIdleMs = STREAM_IDLE_MS) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<IncomingMessage & { body?: object | undefined }>();
    const mediaTypes = streamedTypesOf(context.getHandler());
    if (mediaTypes !== undefined) {
      const limits = { mediaTypes, idleMs: this.streamIdleMs };
      const answer = () => lastValueFrom(next.handle());
      return of(await whileStreaming(request, http.getResponse<ServerResponse>(), limits, answer));
    }
    if (WITH_BODY.has(request.method)) request.body = await bodyOf(request);
    return next.handle();
  }
}

/** @throws ContractBreachError, or the exception whose status HTTP has for it. */
async function bodyOf(request: IncomingMessage): Promise<object | undefined> {
  const { headers } = request;
  if (encodingOf(headers['content-encoding']) !== 'identity') {
    throw new UnsupportedMediaTypeException();
  }
  const bytes = await bytesOf(request);
  // Some requests have nothing to say. Of one that should have, its fields are missing.
  if (bytes.length === 0 && headers['content-type'] === undefined) return undefined;
  if (bytes.length > 0 && !isJson(headers['content-type'])) {
    throw new UnsupportedMediaTypeException();
  }
  const { body, fault } = readObject(bytes);
  if (fault) throw new ContractBreachError([fault.breach]);
  return body;
}

const bytesOf = (request: IncomingMessage): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    collectBody(request, MOST_BYTES, (body) => {
      if (typeof body !== 'string') resolve(body);
      else if (body === 'too_large') reject(new PayloadTooLargeException());
      else reject(new BadRequestException());
    });
  });
