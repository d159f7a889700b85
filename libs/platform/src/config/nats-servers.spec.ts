import { describe, expect, it } from '@jest/globals';
import { natsServersIn } from './nats-servers.js';

describe('the servers of NATS', () => {
  it('have credentials of their own each', () => {
    expect(
      natsServersIn('nats://ada:p%40ss%2C@a.internal, tls://s3cret@b:4333,nats://[::1]'),
    ).toEqual([
      { address: 'a.internal:4222', tls: false, user: 'ada', pass: 'p@ss,' },
      { address: 'b:4333', tls: true, token: 's3cret' },
      { address: '[::1]:4222', tls: false },
    ]);
  });

  it('are never repeated where they cannot be read', () => {
    expect(() => natsServersIn('nats://ada:%zz-hunter2@a')).not.toThrow(/hunter2/);
    expect(() => natsServersIn('nats://ada:%zz-hunter2@a')).toThrow(URIError);
  });
});
