import { describe, expect, it } from '@jest/globals';
import { prepared, PreparedStatements } from './prepared.js';

describe('a prepared statement', () => {
  it('has a name by its text, short enough for PostgreSQL', () => {
    const { name } = prepared('SELECT 1');

    expect(prepared('SELECT 1').name).toBe(name);
    expect(prepared('SELECT 2').name).not.toBe(name);
    expect(name.length).toBeLessThan(64);
  });
});

describe('statements that are put together', () => {
  it('are prepared up to so many, which stay prepared', () => {
    const statements = new PreparedStatements(2);

    const first = statements.of('SELECT 1');
    statements.of('SELECT 2');

    expect(statements.of('SELECT 3')).toBe('SELECT 3');
    expect(statements.of('SELECT 1')).toBe(first);
    expect(first).toEqual(prepared('SELECT 1'));
  });
});
