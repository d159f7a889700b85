import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anAssetView } from '../support/analytics-event.js';
import { aCheckoutEvent } from '../support/checkout-event.js';
import { aCollected, anEnvelope } from '../support/commerce-event.js';
import { TestFootfall } from '../support/footfall.js';
import { aPageView } from '../support/tracking-event.js';

/** Spelt as no program of ours spells JSON. */
const oddly = (event: object): string => JSON.stringify(event, null, 3);

describe('an event in the journal', () => {
  let footfall: TestFootfall;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
    await footfall.offer('offer-1');
  });
  afterAll(() => footfall.stop());

  /** Without the zeros that segments are filled with: a test that fails shows what it looked through. */
  const journal = async (): Promise<string> => {
    const folder = join(footfall.config.DATA_DIR, 'journal');
    const files = await readdir(folder, { recursive: true });
    const segments = files.filter((file) => file.endsWith('.segment'));
    const texts = segments.map((file) => readFile(join(folder, file), 'utf8'));
    return (await Promise.all(texts)).join('').replaceAll('\0', '');
  };

  it.each([
    ['/events/checkout', 204, () => aCheckoutEvent({ offerId: 'offer-1' })],
    ['/events/tracking', 204, () => aPageView()],
    ['/events/analytics', 202, () => anAssetView()],
    ['/events/commerce', 200, () => anEnvelope()],
    ['/events', 200, () => aCollected()],
  ])('of the door %s is the very text that was sent', async (door, status, event) => {
    const [alone, second] = [oddly(event()), oddly(event())];

    const single = await footfall.post(door, alone);
    const batch = await footfall.post(`${door}/batch`, `[${second}]`);

    expect([single.status, batch.status]).toEqual([status, 200]);
    expect(await journal()).toContain(alone);
    expect(await journal()).toContain(second);
  });

  it('is written anew where the check changed it', async () => {
    const sent = aCheckoutEvent({ eventId: 'changed', offerId: 'offer-1', email: 'A@Example.org' });

    await footfall.post('/events/checkout', oddly(sent));

    expect(await journal()).toContain(JSON.stringify({ ...sent, email: 'a@example.org' }));
    expect(await journal()).not.toContain(oddly(sent));
  });
});
