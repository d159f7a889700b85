import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Duplex, PassThrough } from 'node:stream';
import { createGunzip } from 'node:zlib';
import {
  BadRequestException,
  createParamDecorator,
  type ExecutionContext,
  RequestTimeoutException,
  SetMetadata,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import { ContractBreachError } from '../errors/contract-breach.error.js';
import { watchForDeparture } from './departure.js';
import { encodingOf, isInUtf8 } from './media-type.js';

const MEDIA_TYPES = 'footfall:streamed-body';
const BODY = Symbol('streamed body');
const LOOKS_AN_IDLE_LIMIT = 10;
/** Most clients listen only once they have sent everything: an answer is kept back for so long. */
const REST_MS = 2000;
/** For the log of whoever reads: the answer says no more than the status, if anybody hears it. */
const BROKE_OFF = 'the body broke off';
const LEFT = 'the sender left before the answer';
const STOOD_STILL = 'the body stood still';

/** A body that its handler reads by itself, as it comes: however long it is, none of it is kept. */
export interface StreamedBody {
  /** One of those that the route declares. */
  readonly mediaType: string;
  /**
   * Unpacked. Ends by an error where the body breaks off, stands still or is not what it says, and
   * where its sender leaves, though all of it may have come; the error is the one to answer.
   */
  readonly bytes: AsyncIterable<Buffer>;
}

/** The route reads its body as a stream, in one of these media types and in UTF-8; gzip is unpacked. */
export const StreamsBody = (...mediaTypes: readonly string[]): MethodDecorator =>
  SetMetadata(MEDIA_TYPES, mediaTypes);

/** Injects the `StreamedBody` into a handler that bears `@StreamsBody`. */
export const BodyStream = createParamDecorator((_: unknown, context: ExecutionContext) => {
  return context.switchToHttp().getRequest<{ [BODY]?: StreamedBody }>()[BODY];
});

/** What a route reads as a stream; none where its body is an object. */
export const streamedTypesOf = (handler: object): readonly string[] | undefined =>
  Reflect.getMetadata(MEDIA_TYPES, handler) as readonly string[] | undefined;

const streaming = new WeakSet<IncomingMessage>();

/** Whether a route is reading this request, for as long as bytes keep coming. */
export const isStreaming = (request: IncomingMessage): boolean => streaming.has(request);

/**
 * Runs `work` while the request's body can be read as a stream. What `work` leaves of it is read a
 * little longer, so that the sender hears the answer; then the connection closes with it.
 *
 * The server's limit for a whole request holds no longer from here on; a pause of `idleMs` does.
 */
export async function whileStreaming<Result>(
  request: IncomingMessage & { [BODY]?: StreamedBody },
  response: ServerResponse,
  { mediaTypes, idleMs }: { readonly mediaTypes: readonly string[]; readonly idleMs: number },
  work: () => Promise<Result>,
): Promise<Result> {
  const { headers } = request;
  const mediaType = mediaTypes.find((type) => isInUtf8(headers['content-type'], type));
  const encoding = encodingOf(headers['content-encoding']);
  if (mediaType === undefined || encoding === null) throw new UnsupportedMediaTypeException();
  const body: Duplex = encoding === 'gzip' ? createGunzip() : new PassThrough();
  body.on('error', () => undefined); // whoever reads hears it; nobody may be reading
  streaming.add(request);
  const forget = pipeWatched(request, body, idleMs);
  const endWatch = watchForDeparture(request, response, () => {
    body.destroy(new BadRequestException(LEFT));
  });
  request[BODY] = { mediaType, bytes: bytesOf(body) };
  try {
    return await work();
  } finally {
    forget();
    endWatch();
    request.unpipe(body);
    body.destroy();
    await letGo(request, response, isIdle(body) ? 0 : REST_MS);
    streaming.delete(request);
  }
}

/** Pauses of the reader's own, while it stores what it has, are not the sender's. */
function pipeWatched(request: IncomingMessage, body: Duplex, idleMs: number): () => void {
  let lastMs = performance.now();
  const heard = (): void => void (lastMs = performance.now());
  const look = setInterval(() => {
    if (request.isPaused()) heard();
    else if (performance.now() - lastMs >= idleMs)
      body.destroy(new RequestTimeoutException(STOOD_STILL));
  }, idleMs / LOOKS_AN_IDLE_LIMIT);
  const forget = (): void => clearInterval(look);
  const broken = (): void => {
    forget();
    if (!request.complete) body.destroy(new BadRequestException(BROKE_OFF));
  };
  request.on('data', heard).on('resume', heard);
  request.on('end', forget).on('error', broken).on('close', broken);
  if (request.destroyed) broken(); // its sender left while the guard asked for the key
  request.pipe(body);
  return forget;
}

async function* bytesOf(body: Duplex): AsyncGenerator<Buffer, void> {
  try {
    for await (const chunk of body) yield chunk as Buffer;
  } catch (error) {
    if (!isUnpacking(error)) throw error;
    throw new ContractBreachError([{ field: 'body', reason: 'is not gzip' }]);
  }
}

/** Whoever sent nothing for so long will not send the rest now. */
const isIdle = (body: Duplex): boolean => body.errored instanceof RequestTimeoutException;

const isUnpacking = (error: unknown): boolean =>
  String((error as NodeJS.ErrnoException).code).startsWith('Z_');

/** A request that is not read to its end leaves its connection unusable. */
async function letGo(
  request: IncomingMessage,
  response: ServerResponse,
  restMs: number,
): Promise<void> {
  if (request.complete || request.destroyed) return;
  response.shouldKeepAlive = false;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, restMs);
    const end = (): void => {
      clearTimeout(timer);
      resolve();
    };
    request.once('end', end).once('close', end).resume();
  });
}
