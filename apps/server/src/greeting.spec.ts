import { describe, expect, it } from '@jest/globals';
import { greet } from './greeting.js';

describe('the greeting', () => {
  const known = {
    url: 'http://127.0.0.1:3000',
    docs: true,
    database: 'PostgreSQL of its own',
    adminKeyFile: '.data/admin.key',
  };

  it('shows a key that was just made', () => {
    const text = greet({ ...known, adminKey: { key: 'ff_new', created: true } });

    expect(text).toContain('ff_new');
  });

  it('does not show it again', () => {
    const text = greet({ ...known, adminKey: { key: 'ff_old', created: false } });

    expect(text).not.toContain('ff_old');
    expect(text).toContain('.data/admin.key');
  });

  it('says how to get a key where another machine made the first', () => {
    const text = greet({ ...known, adminKey: { key: null, created: false } });

    expect(text).toContain('npm run footfall -- keys create --admin');
  });

  it('shows what to look at where there is a demo, and an event of one’s own', () => {
    const demo = { seed: 7, from: '2026-01-01', to: '2026-01-30', sessionId: 'demo-1' };

    const text = greet({ ...known, adminKey: { key: 'k', created: false }, demo });

    expect(text).toContain('/dashboards/checkout/funnel?from=2026-01-01&to=2026-01-30"');
    expect(text).toContain('/events/checkout?sessionId=demo-1"');
    expect(text).toContain('/rejected-events"');
    expect(text).toContain('"eventId":"hello-');
    expect(text).not.toContain('-X PUT');
  });
});
