import { describe, expect, it } from '@jest/globals';
import { masked } from './personal-data.js';

const MASK = '[masked]';

describe('what was sent, without personal data', () => {
  it.each([
    'ana@example.com',
    'Ana <ana.maria+shop@example.com.br>, please',
    'https://shop.example/thanks?email=ana%40example.com&step=2',
    'https://shop.example/thanks?phone=5511988887777',
    'call +55 11 98888-7777',
    '+5511988887777',
    '(11) 98888-7777',
    '11 98888-7777',
    'card 4111 1111 1111 1111',
    'from 203.0.113.9.',
    'http://203.0.113.9:8080/',
    '::ffff:203.0.113.9',
    '2001:db8::1',
    '[2001:db8:0:0:0:0:0:1]',
  ])('does not show %s', (text) => {
    const shown = JSON.stringify(masked({ text }));

    expect(shown).toContain(MASK);
    expect(shown).not.toMatch(/ana|98888|988887777|1111|203\.0|2001:db8/);
  });

  it.each([
    'checkout_page_view',
    '2026-05-04T12:00:00.000Z',
    '12:00:00',
    '2026-05-04 12:00',
    '1700000000000',
    '5f0c9a4e-3f5b-8d2a-9c1e-7b6a5d4c3b2a',
    'Mozilla/5.0 (X11; Linux x86_64) Chrome/120.0.0.0 Safari/537.36',
    'checkout.example.com',
    'version 1.2.3',
    '',
  ])('shows %s as it is', (text) => {
    expect(masked({ text })).toEqual({ text });
  });

  it('does not show what stands in a field named so, whatever it is', () => {
    const event = {
      phone: 5511988887777,
      customerEmail: { local: 'ana' },
      billing_address: ['Rua A, 1'],
      firstName: 'Ana',
      email: '',
      mobile_phone: null,
    };

    expect(masked(event)).toEqual({
      phone: MASK,
      customerEmail: MASK,
      billing_address: MASK,
      firstName: MASK,
      email: '',
      mobile_phone: null,
    });
  });

  it('shows the words of the contract, and numbers and flags', () => {
    const event = {
      eventName: 'checkout_page_view',
      fullHostname: 'checkout.example.com',
      timestamp: 1_700_000_000_000,
      count: 3,
      ratio: -1.5,
      isNew: true,
      nothing: null,
    };

    expect(masked(event)).toEqual(event);
  });

  it('looks into lists, into names of fields, and into JSON that is sent as text', () => {
    const shown = masked([{ 'ana@example.com': 1, items: '[{"phone":"5511988887777","sku":7}]' }]);

    expect(shown).toEqual([{ [MASK]: 1, items: `[{"phone":"${MASK}","sku":7}]` }]);
  });

  it('keeps a field called __proto__ a field', () => {
    const shown = masked(JSON.parse('{"__proto__":{"a":"ana@example.com"}}'));

    expect(JSON.stringify(shown)).toBe(`{"__proto__":{"a":"${MASK}"}}`);
  });

  it('survives what is nested deeper than any door lets through', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(4000)}"ana@example.com"${']'.repeat(4000)}`);

    expect(JSON.stringify(masked(deep))).toContain(MASK);
  });

  it.each([
    ['of one name', 'mail'],
    ['of one colon', ':'],
    ['of one digit', '1 '],
    ['of one dot', '1.'],
    ['of one bracket', '(11'],
    ['of one hexadecimal', 'a:'],
  ])('takes no longer for a text %s', (_, piece) => {
    const began = performance.now();

    masked(piece.repeat(50_000 / piece.length));

    expect(performance.now() - began).toBeLessThan(500);
  });
});
