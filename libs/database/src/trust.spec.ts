import { describe, expect, it } from '@jest/globals';
import { Trust } from './trust.js';

describe('the trust in idle connections', () => {
  it('is lost in those that answered last before another one fell silent', () => {
    const [idle, silent] = [{}, {}];
    const trust = new Trust<object>();
    trust.answered(idle, 10);
    trust.answered(silent, 20);

    trust.fellSilent(30);

    expect(trust.isLostIn(idle)).toBe(true);
  });

  it('is kept in one that answered since', () => {
    const busy = {};
    const trust = new Trust<object>();
    trust.fellSilent(30);
    trust.answered(busy, 40);

    expect(trust.isLostIn(busy)).toBe(false);
  });

  it('is given to one that was just made', () => {
    const trust = new Trust<object>();
    trust.fellSilent(30);

    expect(trust.isLostIn({})).toBe(false);
  });
});
