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
});
