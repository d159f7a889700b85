import { describe, expect, it } from '@jest/globals';
import { attributionOf, cut } from './attribution.js';

const page = (path: string): URL => new URL(path, 'https://studio.example.com');

describe('what brought a visitor', () => {
  it('is what the address of the first page says', () => {
    const address = page(
      '/gallery?utm_source=google&utm_medium=cpc&utm_campaign=winter%202026&utm_term=ink&utm_content=a',
    );

    expect(attributionOf(address, 'https://www.google.com/')).toEqual({
      utmSource: 'google',
      utmMedium: 'cpc',
      utmCampaign: 'winter 2026',
      utmTerm: 'ink',
      utmContent: 'a',
      referrer: 'https://www.google.com/',
      landingPage: address.href,
    });
  });

  it('leaves out what is not said', () => {
    expect(attributionOf(page('/?utm_source='), '')).toEqual({
      landingPage: 'https://studio.example.com/?utm_source=',
    });
  });

  it('is no page of the same site', () => {
    const { referrer } = attributionOf(page('/b'), 'https://studio.example.com/a');

    expect(referrer).toBeUndefined();
  });

  it('may be a site whose name begins alike', () => {
    const other = 'https://studio.example.com.evil.example/';

    expect(attributionOf(page('/'), other).referrer).toBe(other);
  });

  it('says nothing of what follows the hash sign', () => {
    const { landingPage } = attributionOf(page('/in#access_token=secret'), '');

    expect(landingPage).toBe('https://studio.example.com/in');
  });

  it('fits the contract, however long the address is', () => {
    const address = page(`/?utm_source=${'x'.repeat(300)}&utm_term=a%00b&${'y'.repeat(9000)}`);
    const { utmSource, utmTerm, landingPage } = attributionOf(address, '');

    expect(utmSource).toHaveLength(255);
    expect(utmTerm).toBe('ab');
    expect(landingPage).toHaveLength(8192);
  });
});

it('cuts no character in two', () => {
  expect(cut('ab🛒', 3)).toBe('ab');
  expect(cut('ab🛒', 4)).toBe('ab🛒');
});
