import { describe, expect, it, jest } from '@jest/globals';
import { durableQueue } from './durable-queue.js';
import { createSender } from './sender.js';

describe('where there is no page, as when one is rendered on a server', () => {
  it('sends nothing and throws nothing', async () => {
    const fetch = jest.spyOn(globalThis, 'fetch');
    const sender = createSender({ url: 'http://127.0.0.1:9/events', queue: durableQueue() });

    sender.send({ eventId: 'e' });
    await sender.flush();
    sender.close();

    expect(fetch).not.toHaveBeenCalled();
    fetch.mockRestore();
  });
});
