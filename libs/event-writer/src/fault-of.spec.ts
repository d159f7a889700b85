import { DatabaseAwayError } from '#libs/database';
import { describe, expect, it } from '@jest/globals';
import { faultOf, sqlstateOf } from './fault-of.js';

const refusal = (code: string, more: object = {}) =>
  Object.assign(new Error('refused'), { code, ...more });

describe('what an error says about a batch', () => {
  it.each([
    ['22001', 'this-row'],
    ['22007', 'this-row'],
    ['22021', 'this-row'],
    ['22P02', 'this-row'],
    ['22P05', 'this-row'],
    ['23502', 'this-row'],
    ['54000', 'this-row'],
    ['54001', 'this-row'],
    ['23505', 'duplicate'],
    ['08000', 'not-now'],
    ['08006', 'not-now'],
    ['57P01', 'not-now'],
    ['57P02', 'not-now'],
    ['57P03', 'not-now'],
    ['53100', 'not-now'],
    ['53300', 'not-now'],
    ['40001', 'not-now'],
    ['40P01', 'not-now'],
    ['55P03', 'not-now'],
    ['57014', 'not-now'],
    ['25006', 'not-now'],
    ['58030', 'not-now'],
    ['42P01', 'ours'],
    ['42703', 'ours'],
    ['42501', 'ours'],
    ['3D000', 'ours'],
    ['28P01', 'ours'],
    ['0A000', 'ours'],
    ['08P01', 'ours'],
    ['XX000', 'unknown'],
    ['54023', 'unknown'],
    ['23503', 'unknown'],
    ['57P04', 'unknown'],
  ] as const)('reads SQLSTATE %s as %s', (code, fault) => {
    expect(faultOf(refusal(code))).toBe(fault);
  });

  it('blames the row for a CHECK that it breaks', () => {
    expect(faultOf(refusal('23514', { constraint: 'no_teapots' }))).toBe('this-row');
  });

  it('blames us for a row that no partition takes', () => {
    expect(faultOf(refusal('23514'))).toBe('ours');
  });

  it.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'])('waits after %s', (code) => {
    expect(faultOf(refusal(code))).toBe('not-now');
  });

  it.each([
    new DatabaseAwayError('not connected yet'),
    new DOMException('too late', 'TimeoutError'),
    new Error('Connection terminated unexpectedly'),
    new Error('timeout exceeded when trying to connect'),
    new Error('Query read timeout'),
  ])('waits after %s', (error) => {
    expect(faultOf(error)).toBe('not-now');
  });

  it.each([new Error('something else'), new TypeError('x is undefined'), 'a text', null])(
    'does not know what %s means',
    (error) => {
      expect(faultOf(error)).toBe('unknown');
    },
  );

  it('looks into what an error wraps', () => {
    const wrapped = new Error('outer', { cause: refusal('22021') });

    expect(faultOf(wrapped)).toBe('this-row');
    expect(sqlstateOf(wrapped)).toBe('22021');
  });

  it('takes no error of the system for a SQLSTATE', () => {
    expect(sqlstateOf(refusal('EPIPE'))).toBeNull();
  });

  it('ends with causes that go round in a circle', () => {
    const round: Error & { cause?: unknown } = new Error('round');
    round.cause = round;

    expect(faultOf(round)).toBe('unknown');
  });
});
