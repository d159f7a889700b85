import { describe, expect, it } from '@jest/globals';
import { sha256Hex } from './sha256-hex.js';

describe('the hash of personal data, as destinations want it', () => {
  it.each(['A@B.com', ' a@b.com\n'])('normalises %j first', (text) => {
    expect(sha256Hex(text)).toBe(
      'fb98d44ad7501a959f3f4f4a3f004fe2d9e581ea6207e218c4b02c08a4d75adf',
    );
  });

  it.each(['', ' \t\n'])('is empty for %j', (text) => {
    expect(sha256Hex(text)).toBe('');
  });
});
