import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Controller, Get, type INestApplication, Module, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { ProblemFilter } from '../errors/problem.filter.js';
import { Allows, ForOwners, Public } from './allows.decorator.js';
import { Authenticator, CannotAuthenticateError } from './authenticator.js';
import { ANONYMOUS, type Caller } from './caller.js';
import { CurrentCaller } from './current-caller.decorator.js';
import { UnguardedRoutesError } from './every-route-is-guarded.js';
import { GuardModule } from './guard.module.js';

const aKey = (...scopes: string[]): Caller => ({ kind: 'key', id: 'key-1', scopes });

@Controller()
class Rooms {
  @Get('open')
  @Public('For the test.')
  open(@CurrentCaller() caller: Caller): Caller {
    return caller;
  }

  @Get('closed')
  @Allows('figures:read')
  closed(@CurrentCaller() caller: Caller): Caller {
    return caller;
  }
}

@Controller('owned')
@Allows('figures:read')
@ForOwners('painter')
class Owned {
  @Get()
  own(@CurrentCaller() caller: Caller): Caller {
    return caller;
  }

  @Get('sculptors')
  @ForOwners('sculptor')
  sculptors(): string {
    return 'open';
  }
}

@Controller('house')
@Public('For the test.')
class House {
  @Get()
  door(): string {
    return 'open';
  }

  @Get('safe')
  @Allows('admin')
  safe(): string {
    return 'open';
  }

  @Get('both')
  @Allows('admin')
  @Public('A slip: the stricter holds.')
  both(): string {
    return 'open';
  }
}

@Controller('forgotten')
class Forgotten {
  @Get('one')
  one(): string {
    return 'open';
  }

  @Get('two')
  two(): string {
    return 'open';
  }

  notARoute(): string {
    return 'open';
  }
}

const identify = jest.fn<Authenticator['identify']>();

async function startWith(...controllers: Type[]): Promise<INestApplication> {
  @Module({ controllers })
  class OtherModule {}
  @Module({
    providers: [{ provide: Authenticator, useValue: { identify } }],
    exports: [Authenticator],
  })
  class AuthenticatorModule {}
  const module = await Test.createTestingModule({
    imports: [{ module: AuthenticatorModule, global: true }, GuardModule, OtherModule],
  }).compile();
  const app = module.createNestApplication({ logger: false });
  return app.useGlobalFilters(new ProblemFilter()).init();
}

describe('the guard of every route', () => {
  let app: INestApplication;
  const get = (path: string): request.Test => request(app.getHttpServer() as never).get(path);

  beforeEach(async () => {
    identify.mockReset();
    app = await startWith(Rooms, Owned, House);
  });
  afterEach(() => app.close());

  it('keeps what a key opens out of caches that others share', async () => {
    identify.mockReturnValue(aKey('figures:read'));

    const { headers } = await get('/closed').set('x-api-key', 'a key').expect(200);

    expect(headers['cache-control']).toBe('private, no-cache');
  });

  it('leaves what everybody may see to those caches', async () => {
    const { headers } = await get('/open').expect(200);

    expect(headers).not.toHaveProperty('cache-control');
  });

  it('asks nobody who they are on a public route', async () => {
    const answer = await get('/open').set('x-api-key', 'whatever').expect(200);

    expect(answer.body).toEqual(ANONYMOUS);
    expect(identify).not.toHaveBeenCalled();
  });

  it('lets a caller with the scope in and tells the handler who it is', async () => {
    identify.mockReturnValue(aKey('figures:read'));

    const answer = await get('/closed').expect(200);

    expect(answer.body).toEqual(aKey('figures:read'));
  });

  it('waits for an authenticator that must ask first', async () => {
    identify.mockResolvedValue(aKey('admin'));

    const answer = await get('/closed');

    expect(answer.status).toBe(200);
  });

  it('shows the authenticator the headers and the address of the socket', async () => {
    identify.mockReturnValue(aKey('admin'));

    await get('/closed').set('x-forwarded-for', '203.0.113.9').set('x-api-key', 'mine');

    expect(identify).toHaveBeenCalledWith({
      headers: expect.objectContaining({ 'x-api-key': 'mine' }),
      socketAddress: expect.stringContaining('127.0.0.1'),
    });
  });

  it('challenges a caller without a key', async () => {
    identify.mockReturnValue(ANONYMOUS);

    const answer = await get('/closed').expect(401);

    expect(answer.headers['www-authenticate']).toBe('Bearer realm="footfall"');
  });

  it('challenges a caller whose key is not valid, and says that it is not', async () => {
    identify.mockReturnValue(null);

    const answer = await get('/closed').expect(401);

    expect(answer.headers['www-authenticate']).toBe(
      'Bearer realm="footfall", error="invalid_token"',
    );
  });

  it('refuses a key that lacks the scope, and names the scope', async () => {
    identify.mockReturnValue(aKey('figures:write'));

    const answer = await get('/closed').expect(403);

    expect(answer.body).toMatchObject({ detail: 'This key lacks the scope figures:read.' });
  });

  it('lets a caller that is bound to an owner in only where owners are told apart', async () => {
    identify.mockReturnValue({ ...aKey('figures:read'), owner: { kind: 'painter', id: 'anna' } });

    expect((await get('/owned')).body).toMatchObject({ owner: { kind: 'painter', id: 'anna' } });
    expect((await get('/closed')).status).toBe(403);
    expect((await get('/owned/sculptors')).body).toMatchObject({
      detail: 'A caller bound to a painter has nothing here.',
    });
  });

  it('answers 503 and never 401 while keys cannot be read', async () => {
    identify.mockImplementation(() => {
      throw new CannotAuthenticateError();
    });

    const answer = await get('/closed').expect(503);

    expect(answer.headers['retry-after']).toBe('5');
  });

  it('passes on what the authenticator did not foresee', async () => {
    identify.mockRejectedValue(new Error('a bug'));

    const answer = await get('/closed');

    expect(answer.status).toBe(500);
  });

  it('takes the word of a controller for its routes, unless a route has its own', async () => {
    identify.mockReturnValue(ANONYMOUS);

    expect((await get('/house')).status).toBe(200);
    expect((await get('/house/safe')).status).toBe(401);
    expect((await get('/house/both')).status).toBe(401);
  });
});

describe('starting with routes that bear neither @Allows nor @Public', () => {
  it('fails and names every one of them, whatever their module', async () => {
    const start = startWith(Rooms, Forgotten);

    await expect(start).rejects.toThrow(UnguardedRoutesError);
    await expect(start).rejects.toMatchObject({ routes: ['Forgotten.one', 'Forgotten.two'] });
  });
});
