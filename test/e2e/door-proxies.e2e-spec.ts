import { afterEach, describe, expect, it } from '@jest/globals';
import { type GiftApp, startGiftApp } from '../support/gift-app.js';

let app: GiftApp;
afterEach(() => app.stop());

async function addressSeen(trustProxy: string, forwarded: string): Promise<string | null> {
  app = await startGiftApp({ trustProxy });
  await fetch(`http://127.0.0.1:${app.port}/whispers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': forwarded },
    body: '{"text":"snow"}',
  });
  return app.shop.handed[0]!.receipt.ipAddress;
}

describe('the address of a sender', () => {
  it.each([
    ['no proxy is configured', '', '203.0.113.9', '127.0.0.1'],
    ['one proxy stands before us', '1', '198.51.100.1, 203.0.113.9', '203.0.113.9'],
    ['our networks stand before us', '127.0.0.0/8', '203.0.113.9', '203.0.113.9'],
    ['a stranger claims to be a proxy', '10.0.0.0/8', '203.0.113.9', '127.0.0.1'],
    ['the proxy names no address', '1', 'unknown', null],
  ])('is the nearest that can be believed: %s', async (_when, trustProxy, forwarded, seen) => {
    expect(await addressSeen(trustProxy, forwarded)).toBe(seen);
  });

  it('does not let a setting that is nonsense start', async () => {
    await expect(startGiftApp({ trustProxy: 'everybody' })).rejects.toThrow('everybody');
    app = await startGiftApp();
  });
});
