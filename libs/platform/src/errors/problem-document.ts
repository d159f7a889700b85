import { HttpException } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { STATUS_CODES } from 'node:http';
import { type Breach, ContractBreachError } from './contract-breach.error.js';
import { PartlyDoneError } from './partly-done.error.js';
import { isUnavailable } from './unavailable.error.js';

/** What every error outside the doors looks like: RFC 9457, `application/problem+json`. */
export class ProblemDocument {
  @ApiProperty({ type: String, example: 'about:blank' })
  readonly type: string;

  @ApiProperty({ type: String, description: 'The status in words.' })
  readonly title: string;

  @ApiProperty({ type: Number, description: 'The status, again.' })
  readonly status: number;

  @ApiProperty({ type: String, description: 'For programs, such as `NOT_FOUND`.' })
  readonly code: string;

  @ApiProperty({ type: String, required: false, description: 'For people.' })
  readonly detail?: string;

  @ApiProperty({
    type: 'array',
    items: {
      type: 'object',
      required: ['field', 'reason'],
      properties: { field: { type: 'string' }, reason: { type: 'string' } },
    },
    required: false,
    description: 'One a field, where the request itself is at fault.',
  })
  readonly breaches?: readonly Breach[];
}

const BROKEN = 'The request breaks the contract.';
const EXAMPLE_BREACHES: readonly Breach[] = [{ field: 'limit', reason: 'must be at most 1000' }];

const codeOf = (title: string): string => title.toUpperCase().replace(/[^A-Z]+/g, '_');

function problem(status: number, detail?: string, extra: Partial<ProblemDocument> = {}) {
  const title = STATUS_CODES[status] ?? 'Error';
  return {
    type: 'about:blank',
    title,
    status,
    code: codeOf(title),
    ...(detail && { detail }),
    ...extra,
  };
}

/** How a problem of this status looks, for the published document. */
export const exampleProblem = (status: number): ProblemDocument =>
  status === 400
    ? problem(status, BROKEN, { code: 'VALIDATION_FAILED', breaches: EXAMPLE_BREACHES })
    : problem(status);

/** Errors of Express and its parsers bear the status that they mean. */
const statusOf = (error: unknown): number | undefined => {
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
};

/**
 * Of these the sentence is our own. A parser's quotes what was sent: a piece of the body, a charset,
 * a part of the path.
 */
const IN_OUR_WORDS: ReadonlySet<number> = new Set([401, 403, 404, 409, 429]);

function detailOf(error: HttpException): string | undefined {
  if (!IN_OUR_WORDS.has(error.getStatus())) return undefined;
  // Nest's own "Cannot GET /path" would echo the path.
  return error.message.startsWith('Cannot ') ? 'There is nothing here.' : error.message;
}

/** What to tell of an error. Never echoes a value that was sent, never shows one of ours. */
export function problemOf(error: unknown): ProblemDocument {
  if (error instanceof PartlyDoneError) {
    return { ...problemOf(error.cause), detail: error.message, ...error.done };
  }
  if (error instanceof ContractBreachError) {
    return problem(400, BROKEN, { code: 'VALIDATION_FAILED', breaches: error.breaches });
  }
  if (error instanceof HttpException) return problem(error.getStatus(), detailOf(error));
  if (isUnavailable(error)) return problem(503, 'Not available at the moment; try again.');
  const status = statusOf(error);
  return status === undefined ? problem(500) : problem(status);
}
