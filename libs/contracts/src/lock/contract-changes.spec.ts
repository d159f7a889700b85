import { describe, expect, it } from '@jest/globals';
import { contractChanges, extended } from './contract-changes.js';
import type { ContractLock, LockedField } from './contract-lock.js';

const field = (overrides: Partial<LockedField> = {}): LockedField => ({
  rule: 'optional',
  type: 'string',
  minLength: 0,
  maxLength: 200,
  pattern: '^x*$',
  normalise: 'trim',
  ...overrides,
});

const lock = (fields: Record<string, LockedField>, immutable?: true): ContractLock => ({
  doors: { 'POST /events': { body: 'EventDto', answers: ['202', '204'] } },
  contracts: { EventDto: { ...(immutable && { immutable }), fields } },
});

const before = lock({ a: field(), b: field({ rule: 'required', minLength: 1 }) });
const withA = (a: Partial<LockedField>, immutable?: true): ContractLock =>
  lock({ ...before.contracts['EventDto']!.fields, a: field(a) }, immutable);
const door = (changed: object): ContractLock => ({ ...before, doors: changed as never });

describe('what changed of a contract', () => {
  it('is nothing where nothing changed', () => {
    expect(contractChanges(before, structuredClone(before))).toEqual({
      breaking: [],
      additions: [],
    });
  });

  it.each<[string, ContractLock, ContractLock, string]>([
    [
      'a removed field',
      before,
      lock({ b: before.contracts['EventDto']!.fields['b']! }),
      'EventDto.a is gone',
    ],
    [
      'a newly required field',
      before,
      withA({ rule: 'required' }),
      'EventDto.a is required, was optional',
    ],
    [
      'a field that is now forbidden',
      before,
      withA({ rule: 'forbidden' }),
      'EventDto.a is forbidden, was optional',
    ],
    [
      'a field no longer forbidden',
      withA({ rule: 'forbidden' }),
      before,
      'EventDto.a is optional, was forbidden',
    ],
    ['another type', before, withA({ type: 'integer' }), 'EventDto.a: type is integer, was string'],
    ['a new format', before, withA({ format: 'email' }), 'EventDto.a: format is email, was open'],
    [
      'another pattern',
      before,
      withA({ pattern: '^y*$' }),
      'EventDto.a: pattern is ^y*$, was ^x*$',
    ],
    [
      'another normalisation',
      before,
      withA({ normalise: 'lower-case' }),
      'EventDto.a: normalise is lower-case, was trim',
    ],
    ['a smaller limit', before, withA({ maxLength: 199 }), 'EventDto.a: maxLength is 199, was 200'],
    [
      'a limit where none was',
      withA({ maxLength: undefined }),
      before,
      'EventDto.a: maxLength is 200, was Infinity',
    ],
    ['a greater minimum', before, withA({ minLength: 1 }), 'EventDto.a: minLength is 1, was 0'],
    [
      'a removed value',
      withA({ values: ['x', 'y'] }),
      withA({ values: ['x'] }),
      'EventDto.a no longer takes y',
    ],
    [
      'a renamed value',
      withA({ values: ['x', 'y'] }, true),
      withA({ values: ['x', 'Y'] }),
      'EventDto.a no longer takes y',
    ],
    [
      'a value added to an immutable contract',
      withA({ values: ['x'] }, true),
      withA({ values: ['x', 'y'] }),
      'EventDto.a takes y too',
    ],
    [
      'a closed list where none was',
      before,
      withA({ values: ['x'] }),
      'EventDto.a takes listed values only',
    ],
    ['a removed door', before, door({}), 'door POST /events is gone'],
    [
      'a door that takes another contract',
      before,
      door({ 'POST /events': { body: 'EventDto[]', answers: ['202', '204'] } }),
      'POST /events takes EventDto[], not EventDto',
    ],
    [
      'an answer that is gone',
      before,
      door({ 'POST /events': { body: 'EventDto', answers: ['204'] } }),
      'POST /events no longer answers 202',
    ],
    ['a removed contract', before, { ...before, contracts: {} }, 'contract EventDto is gone'],
  ])('breaks senders: %s', (_, published, current, said) => {
    expect(contractChanges(published, current).breaking).toContain(said);
    expect(() => extended(published, current)).toThrow(said);
  });

  it('breaks senders: a new field that is required, or forbidden', () => {
    const fields = before.contracts['EventDto']!.fields;
    const current = lock({ ...fields, c: field({ rule: 'required' }), d: { rule: 'forbidden' } });

    expect(contractChanges(before, current).breaking).toEqual([
      'EventDto.c is new and required',
      'EventDto.d is new and forbidden',
    ]);
  });

  it('breaks senders twice where a field is renamed and required', () => {
    const { a, b } = before.contracts['EventDto']!.fields;

    expect(contractChanges(before, lock({ a: a!, renamed: b! })).breaking).toEqual([
      'EventDto.b is gone',
      'EventDto.renamed is new and required',
    ]);
  });

  it('adds a part that requires something of whoever sends it', () => {
    const { fields } = before.contracts['EventDto']!;
    const current = lock({ ...fields, c: field(), 'c.d': field({ rule: 'required' }) });

    expect(contractChanges(before, current)).toEqual({
      breaking: [],
      additions: ['EventDto.c is new', 'EventDto.c.d is new'],
    });
    expect(contractChanges(lock({ ...fields, c: field() }), current).breaking).toEqual([
      'EventDto.c.d is new and required',
    ]);
  });

  it.each<[string, ContractLock, ContractLock, string]>([
    [
      'an optional field',
      before,
      lock({ ...before.contracts['EventDto']!.fields, c: field() }),
      'EventDto.c is new',
    ],
    [
      'a field no longer required',
      lock({ a: field({ rule: 'required' }) }),
      lock({ a: field() }),
      'EventDto.a is optional, was required',
    ],
    ['a greater limit', before, withA({ maxLength: 201 }), 'EventDto.a: maxLength is 201, was 200'],
    ['a value', withA({ values: ['x'] }), withA({ values: ['x', 'y'] }), 'EventDto.a takes y too'],
    ['a door', door({}), before, 'door POST /events is new'],
    ['a contract', { ...before, contracts: {} }, before, 'contract EventDto is new'],
  ])('adds, to be recorded: %s', (_, published, current, said) => {
    expect(contractChanges(published, current)).toEqual({ breaking: [], additions: [said] });
    expect(contractChanges(extended(published, current), current).additions).toEqual([]);
  });

  it('keeps a contract immutable when it is extended', () => {
    const published = lock({ a: field() }, true);

    const next = extended(published, lock({ a: field(), c: field() }));

    expect(next.contracts['EventDto']).toEqual({
      immutable: true,
      fields: { a: field(), c: field() },
    });
  });
});
