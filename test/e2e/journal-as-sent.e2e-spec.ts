import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCheckoutEvent } from '../support/checkout-event.js';
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

  const journal = async (): Promise<string> => {
    const folder = join(footfall.config.DATA_DIR, 'journal');
    const files = await readdir(folder, { recursive: true });
    const segments = files.filter((file) => file.endsWith('.segment'));
    const texts = segments.map((file) => readFile(join(folder, file), 'utf8'));
    return (await Promise.all(texts)).join('');
  };

  it.each([
    ['checkout', aCheckoutEvent({ eventId: 'as-sent-1', offerId: 'offer-1' })],
    ['tracking', aPageView({ eventId: 'as-sent-2' })],
  ])('of the door for %s is the very text that was sent', async (door, event) => {
    const [alone, second] = [oddly({ ...event, eventId: `${door}-1` }), oddly(event)];

    const single = await footfall.post(`/events/${door}`, alone);
    const batch = await footfall.post(`/events/${door}/batch`, `[${second}]`);

    expect([single.status, batch.status]).toEqual([204, 200]);
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
