import { describe, expect, it } from '@jest/globals';
import { NotFoundException } from '@nestjs/common';
import { ContractBreachError } from './contract-breach.error.js';
import { problemOf } from './problem-document.js';
import { UnavailableError } from './unavailable.error.js';

describe('a problem document', () => {
  it('names each field at fault', () => {
    const breaches = [{ field: 'limit', reason: 'must be at most 1000' }];

    const problem = problemOf(new ContractBreachError(breaches));

    expect(problem).toMatchObject({ status: 400, code: 'VALIDATION_FAILED', breaches });
  });

  it('does not echo a path that does not exist', () => {
    const problem = problemOf(new NotFoundException('Cannot GET /<script>'));

    expect(problem).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect(JSON.stringify(problem)).not.toContain('script');
  });

  it('shows nothing of an error of ours', () => {
    const problem = problemOf(new Error('password=hunter2'));

    expect(problem).toEqual({
      type: 'about:blank',
      title: 'Internal Server Error',
      status: 500,
      code: 'INTERNAL_SERVER_ERROR',
    });
  });

  it.each([new UnavailableError(), { code: 'ECONNREFUSED' }, { code: '57P01' }])(
    'says that something is away for the moment',
    (error) => {
      expect(problemOf(error)).toMatchObject({ status: 503, code: 'SERVICE_UNAVAILABLE' });
    },
  );

  it('keeps the status of a parser that refused a body', () => {
    const error = Object.assign(new Error('Unexpected token'), { status: 400 });

    expect(problemOf(error)).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
  });
});
