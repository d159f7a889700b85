import { describe, expect, it } from '@jest/globals';
import {
  BadRequestException,
  NotFoundException,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
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

  it.each([
    new BadRequestException(`Unexpected token 's', "{"a": secret}" is not valid JSON`),
    new BadRequestException("Failed to decode param '%ffsecret'"),
    new UnsupportedMediaTypeException('unsupported charset "SECRET"'),
  ])('does not echo what a parser quotes of a request', (error) => {
    const problem = problemOf(error);

    expect(problem.status).toBe(error.getStatus());
    expect(JSON.stringify(problem)).not.toMatch(/secret/i);
  });

  it('tells what is missing in our own words', () => {
    expect(problemOf(new NotFoundException('There is no such offer.'))).toMatchObject({
      detail: 'There is no such offer.',
    });
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
