import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { TestFootfall } from '../support/footfall.js';

const JWT_SECRET = 'a secret of the tests, long enough to be one';

const aToken = (claims: Record<string, unknown> = {}, until = '1h'): Promise<string> =>
  new SignJWT({ sub: 'user-1', iss: 'https://id.example', ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(until)
    .sign(Buffer.from(JWT_SECRET));

describe('users with tokens', () => {
  let footfall: TestFootfall;
  beforeAll(async () => {
    footfall = await TestFootfall.start({ JWT_SECRET, JWT_ISSUER: 'https://id.example' });
    await footfall.ready();
  });
  afterAll(() => footfall.stop());

  const offers = (token: string) => footfall.get('/offers').auth(token, { type: 'bearer' });

  it('may do what their role or their scopes say, and nothing else', async () => {
    const answers = [
      await offers(await aToken({ role: 'admin' })),
      await offers(await aToken({ scope: 'openid admin' })),
      await offers(await aToken({ role: 'creator', scope: 'events:read' })),
      await offers(await aToken()),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 403, 403]);
    expect(answers[2]!.body).toMatchObject({ detail: 'This user lacks the scope admin.' });
  });

  it.each([
    ['that is over', () => aToken({ role: 'admin' }, '-1h')],
    ['of another issuer', () => aToken({ role: 'admin', iss: 'https://other.example' })],
    ['that was changed', async () => `${await aToken({ role: 'admin' })}AA`],
  ])('are challenged for a token %s', async (_, token) => {
    const answer = await offers(await token());

    expect(answer.status).toBe(401);
    expect(answer.type).toBe('application/problem+json');
    expect(answer.headers['www-authenticate']).toContain('invalid_token');
  });

  it('are in no log line with their token', async () => {
    const token = await aToken({ role: 'creator' });

    await offers(token);

    expect(footfall.lines.join('\n')).not.toContain(token.split('.')[2]);
  });
});

describe('tokens where no secret is set', () => {
  it('are unknown', async () => {
    const footfall = await TestFootfall.start();
    await footfall.ready();

    const token = await aToken({ role: 'admin' });
    const { status } = await footfall.get('/offers').auth(token, { type: 'bearer' });

    expect(status).toBe(401);
    await footfall.stop();
  });
});
