import { randomBytes } from 'node:crypto';
import { describe, expect, it, jest } from '@jest/globals';
import { EncryptionKeys, isSealed } from '#libs/platform';
import * as fc from 'fast-check';
import type { Queries } from '../database.js';
import { PROPS_IN_USE } from './props-in-use.js';
import { type Props, SensitiveProps, UNREADABLE } from './sensitive-props.js';

const K1 = `k1:${randomBytes(32).toString('base64')}`;
const K2 = `k2:${randomBytes(32).toString('base64')}`;
const ID = '018bcfe5-6880-7a11-8d3c-5b1f0a9e77c2';
const ANOTHER_ID = '018bcfe5-6880-7a11-8d3c-5b1f0a9e77c3';

const sensitiveProps = (ring: string | null, names = ['email', 'customer']) => {
  const unreadable = jest.fn<() => void>();
  const keys = ring === null ? null : new EncryptionKeys(ring);
  return Object.assign(new SensitiveProps({ names, keys, unreadable }), { unreadable });
};

const props = sensitiveProps(K1);

const allShown = (by: SensitiveProps, id: string, stored: Props): Props =>
  Object.fromEntries(
    Object.entries(stored).map(([name, value]) => [name, by.shown(id, name, value)]),
  );

describe('props that are stored encrypted', () => {
  it('are read as they were sent, whatever their JSON is', () => {
    const names = fc.constantFrom('email', 'customer', 'plan', '__proto__', 'größe ☃');
    const values = fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' });

    fc.assert(
      fc.property(fc.array(fc.tuple(names, values)), (entries) => {
        const sent = JSON.parse(JSON.stringify(Object.fromEntries(entries))) as Props;
        const stored = JSON.parse(JSON.stringify(props.stored(ID, sent))) as Props;

        expect(Object.keys(stored)).toEqual(Object.keys(sent));
        for (const name of ['email', 'customer']) {
          expect(isSealed(stored[name])).toBe(Object.hasOwn(sent, name));
        }
        expect(allShown(props, ID, stored)).toEqual(sent);
      }),
    );
  });

  it('are the named ones at the top, with all that is in them', () => {
    const stored = props.stored(ID, { plan: { email: 'a@b.c' }, customer: { email: 'a@b.c' } });

    expect(stored).toEqual({
      plan: { email: 'a@b.c' },
      customer: expect.stringMatching(/^v1:k1:/),
    });
  });

  it('are those too that only look as if they were', () => {
    const forged = new EncryptionKeys(K2).seal('"text"', 'anywhere');

    const stored = props.stored(ID, { plan: forged, planned: `${forged}!` });

    expect(stored['plan']).not.toBe(forged);
    expect(props.shown(ID, 'plan', stored['plan'])).toBe(forged);
    expect(stored['planned']).toBe(`${forged}!`);
  });

  it('are none without keys', () => {
    const sent = { email: 'a@b.c' };

    expect(sensitiveProps(null, []).stored(ID, sent)).toBe(sent);
  });

  it('cannot be read under another id, another name, or without their key, which is counted', () => {
    const { email, customer } = props.stored(ID, { email: 1, customer: 2 });
    const reader = sensitiveProps(K1);

    expect(reader.shown(ANOTHER_ID, 'email', email)).toBe(UNREADABLE);
    expect(reader.shown(ID, 'email', customer)).toBe(UNREADABLE);
    expect(sensitiveProps(K2).shown(ID, 'email', email)).toBe(UNREADABLE);
    expect(sensitiveProps(null, []).shown(ID, 'email', email)).toBe(UNREADABLE);
    expect(reader.unreadable).toHaveBeenCalledTimes(2);
  });

  it('are sensitive by their name, though they were stored in clear, and by their form', () => {
    const { email } = props.stored(ID, { email: 'a@b.c' });

    expect(props.isSensitive('email', 'a@b.c')).toBe(true);
    expect(sensitiveProps(null, []).isSensitive('email', email)).toBe(true);
    expect(props.isSensitive('plan', 'a@b.c')).toBe(false);
  });

  it.each([...PROPS_IN_USE])('are never %s, which Footfall reads itself', (name) => {
    expect(() => sensitiveProps(K1, ['email', name])).toThrow(`${name} cannot be encrypted`);
  });
});

describe('props that come again', () => {
  const again = (sent: Props, stored: Props, by: SensitiveProps = props): Props =>
    by.respelt(ID, by.stored(ID, sent), stored);

  it('are spelt as the stored ones where they say the same', () => {
    const stored = props.stored(ID, { email: { a: 1, b: [2] }, plan: 'pro' });

    expect(again({ plan: 'pro', email: { b: [2], a: 1 } }, stored)).toEqual(stored);
  });

  it('stay as they are where they say something else, or more, or less', () => {
    const stored = props.stored(ID, { email: 'a@b.c', plan: 'pro' });

    expect(again({ email: 'A@b.c', plan: 'pro' }, stored)).not.toEqual(stored);
    expect(again({ email: 'a@b.c', plan: 'free' }, stored)).not.toEqual(stored);
    expect(again({ plan: 'pro' }, stored)).not.toEqual(stored);
    expect(again({ email: 'a@b.c', plan: 'pro', customer: 1 }, stored)).not.toEqual(stored);
  });

  it('are the same after the settings changed', () => {
    const inClear = { email: 'a@b.c' };
    const ofOldKey = props.stored(ID, inClear);

    expect(again(inClear, inClear)).toEqual(inClear);
    expect(again(inClear, ofOldKey, sensitiveProps(`${K2},${K1}`))).toEqual(ofOldKey);
    expect(again(inClear, ofOldKey, sensitiveProps(K1, []))).toEqual(ofOldKey);
  });

  it('are taken for the same where the stored ones cannot be read any more', () => {
    const ofLostKey = props.stored(ID, { email: 'a@b.c' });

    expect(again({ email: 'else@b.c' }, ofLostKey, sensitiveProps(K2))).toEqual(ofLostKey);
  });
});

describe('the note of which key encrypted what', () => {
  const noted = async (rows: readonly { occurredAt: string; propsJson: string | null }[]) => {
    const asked: unknown[] = [];
    const query: Queries['query'] = (_statement, parameters) => {
      asked.push(parameters);
      return Promise.resolve([]);
    };
    await props.noteUses({ query }, rows);
    return asked;
  };
  const rowOf = (occurredAt: string, said: Props) => ({
    occurredAt,
    propsJson: JSON.stringify(props.stored(ID, said)),
  });

  it('is made of events with encrypted props', async () => {
    const rows = [
      rowOf('2025-01-01', { email: 1, customer: 2 }),
      rowOf('2025-01-02', { plan: { email: `"v1:k1:` } }),
      rowOf('2025-01-03', { email: null }),
      { occurredAt: '2025-01-04', propsJson: null },
    ];

    expect(await noted(rows)).toEqual([['k1', ['2025-01-01', '2025-01-03'], [2, 1]]]);
  });

  it('is not made where there is none', async () => {
    expect(await noted([rowOf('2025-01-01', { plan: 'pro' })])).toEqual([]);
  });
});
