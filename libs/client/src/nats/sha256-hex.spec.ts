import { describe, expect, it } from '@jest/globals';
import { sha256Hex } from './sha256-hex.js';

describe('the hash of an e-mail address', () => {
  it.each(['A@B.com', ' a@b.com\n'])(
    'is that of %p in lower case without space around it',
    (text) => {
      expect(sha256Hex(text)).toBe(
        'fb98d44ad7501a959f3f4f4a3f004fe2d9e581ea6207e218c4b02c08a4d75adf',
      );
    },
  );

  it.each(['', ' \t'])('is empty for %p', (text) => {
    expect(sha256Hex(text)).toBe('');
  });
});
