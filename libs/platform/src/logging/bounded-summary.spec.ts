import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { boundedSummary } from './bounded-summary.js';

const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;
const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? 1 + Math.max(0, ...Object.values(value).map((inner) => depthOf(inner)))
    : 0;

describe('the summary of a payload', () => {
  it('shows a small payload as it is', () => {
    const payload = { name: 'x', count: 1.5, list: [1, 'a', null, { deep: true }], none: null };

    expect(plain(boundedSummary(payload))).toEqual(payload);
  });

  it.each(['text', 5, true, null])('shows the scalar %j', (payload) => {
    expect(boundedSummary(payload)).toBe(payload);
  });

  it('says null for a payload that could not be read', () => {
    expect(boundedSummary(undefined)).toBeNull();
  });

  it('shows four levels and marks what lies below', () => {
    const payload = { a: { b: { c: { list: [1], object: { x: 1 }, scalar: 1 } } } };

    expect(plain(boundedSummary(payload))).toEqual({
      a: { b: { c: { list: '[…]', object: '{…}', scalar: 1 } } },
    });
  });

  it('cuts long text', () => {
    const { text } = boundedSummary({ text: 'x'.repeat(5000) }) as { text: string };

    expect(text).toBe(`${'x'.repeat(256)}…`);
  });

  it('shows the top of a payload before what is nested in it, and marks the cut', () => {
    const payload = { nested: Array.from({ length: 500 }, (_, i) => `entry ${i}`), last: 'shown' };

    const summary = boundedSummary(payload) as { nested: string[]; last: string };

    expect(summary.last).toBe('shown');
    expect(summary.nested[0]).toBe('entry 0');
    expect(summary.nested.at(-1)).toBe('…');
    expect(bytes(summary)).toBeLessThanOrEqual(2048);
  });

  it('is made of a payload nested a hundred thousand times', () => {
    const payload = JSON.parse(`${'{"a":['.repeat(100_000)}1${']}'.repeat(100_000)}`) as unknown;

    expect(plain(boundedSummary(payload))).toEqual({ a: [{ a: ['{…}'] }] });
  });

  it('keeps a field called __proto__ a field', () => {
    const payload = JSON.parse('{"__proto__":{"polluted":1}}') as unknown;

    expect(JSON.stringify(boundedSummary(payload))).toBe('{"__proto__":{"polluted":1}}');
  });

  it.each([
    'email',
    'Email',
    'buyerEMAIL',
    'e-mail',
    'phone',
    'PHONE',
    'phoneNumber',
    'telefone',
    'whatsApp',
    'password',
  ])('masks the field %s, whatever it holds', (field) => {
    for (const value of ['half typed', 5511999990000, ['x'], { value: 'x' }]) {
      expect(plain(boundedSummary({ at: [{ [field]: value }] }))).toEqual({
        at: [{ [field]: '[masked]' }],
      });
    }
  });

  it('shows that such a field is null or empty', () => {
    const payload = { email: null, phone: '' };

    expect(plain(boundedSummary(payload))).toEqual(payload);
  });

  it.each([
    ['ana@example.com', '[masked]'],
    ['written by Ana <ana.maria+x@example.com.br>!', 'written by Ana <[masked]>!'],
    ['https://x.example/?email=ana%40example.com&b=1', 'https://x.example/?email=[masked]&b=1'],
    ['no address @ all', 'no address @ all'],
  ])('masks e-mail addresses in %j', (text, shown) => {
    expect(plain(boundedSummary({ text }))).toEqual({ text: shown });
  });

  const KEY = `ff_${'0'.repeat(32)}_${'x'.repeat(32)}`;
  const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c2VyLTEifQ.c2lnbmF0dXJl';

  it.each([
    [KEY, '[masked]'],
    [`Bearer ${KEY}`, 'Bearer [masked]'],
    [`https://x.example/?key=${KEY}&b=1`, 'https://x.example/?key=[masked]&b=1'],
    [`https://collector:${KEY.slice(0, 50)}`, 'https://collector:[masked]'],
    [TOKEN, '[masked]'],
    [`token ${TOKEN.slice(0, -3)} or so`, 'token [masked] or so'],
    ['ff_1', 'ff_1'],
    ['eyJ', 'eyJ'],
  ])('masks a key or a token in %j', (text, shown) => {
    expect(boundedSummary({ note: text })).toEqual({ note: shown });
  });

  it('masks an e-mail address that is a field name', () => {
    expect(plain(boundedSummary({ 'ana@example.com': 1 }))).toEqual({ '[masked]': 1 });
  });

  it('leaves no part of an address at the cut', () => {
    for (let before = 230; before < 260; before += 1) {
      const text = `${'x '.repeat(before / 2)}ana.maria.longname@example.com`;

      expect(JSON.stringify(boundedSummary({ text }))).not.toContain('ana');
    }
  });

  it.each([
    '4111111111111111',
    '4111 1111 1111 1111',
    '4111-1111-1111-1111',
    '4111.1111.1111.1111',
    '4111\u00a01111\u00a01111\u00a01111',
    'card 378282246310005.',
    '4111 1111 1111 1111 12/27',
    4111111111111111,
  ])('masks the card number in %j', (value) => {
    const shown = JSON.stringify(boundedSummary({ value }));

    expect(shown).toContain('[masked]');
    expect(shown).not.toContain('1111');
    expect(shown).not.toContain('3782');
  });

  it.each([1_700_000_000_000, 1_795_309_630_742, '4111111111111112'])(
    'shows %j, which is no card number',
    (value) => {
      expect(plain(boundedSummary({ value }))).toEqual({ value });
    },
  );

  it.each([
    'call +55 11 98888-7777',
    '+5511988887777',
    '+55.11.98888-7777',
    '(11) 98888-7777',
    '11 98888-7777',
  ])('masks the telephone number in %j, wherever it stands', (text) => {
    const shown = JSON.stringify(boundedSummary({ text, [text]: { list: [text] } }));

    expect(shown).toContain('[masked]');
    expect(shown).not.toMatch(/98888|988887777/);
  });

  it.each(['2026-05-04 12:00', '2026-05-04T12:00:00.000Z', '11988887777', 'version 1.2.3'])(
    'shows %j, which is no telephone number for sure',
    (text) => {
      expect(plain(boundedSummary({ text }))).toEqual({ text });
    },
  );

  it('survives an object that throws when it is read', () => {
    const payload = {
      get broken(): string {
        throw new Error('no');
      },
    };

    expect(boundedSummary(payload)).toBe('[unreadable]');
  });

  it('shows nothing of fields that settings name, however deep they stand', () => {
    const payload = { props: { customer: { name: 'Ana' }, plan: 'pro' }, customer: '' };

    expect(plain(boundedSummary(payload, ['customer']))).toEqual({
      props: { customer: '[masked]', plan: 'pro' },
      customer: '',
    });
  });

  it('is bounded, four levels deep and well-formed, whatever comes', () => {
    const payloads = fc.oneof(
      fc.jsonValue({ maxDepth: 8 }),
      fc.object({ maxDepth: 8, maxKeys: 80 }),
      fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary', minLength: 300 })),
      fc.constantFrom('\0'.repeat(2000), '\ud83d'.repeat(2000), '😀'.repeat(2000)),
    );
    fc.assert(
      fc.property(payloads, (payload) => {
        const summary = boundedSummary(payload);

        expect(bytes(summary)).toBeLessThanOrEqual(2048);
        expect(depthOf(summary)).toBeLessThanOrEqual(4);
        expect(JSON.stringify(summary)).not.toMatch(/\\ud[89a-f]/);
      }),
      { numRuns: 300 },
    );
  });
});
