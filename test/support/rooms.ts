import { AccessModule, KeyRing } from '#libs/access';
import { DatabaseModule, DatabaseStart } from '#libs/database';
import { OfferDirectory, OffersModule } from '#libs/offers';
import {
  DoorAdapter,
  DoorModule,
  GuardModule,
  loadConfig,
  PlatformModule,
  ProblemFilter,
  type ServerLimits,
  StrictBody,
  strictValidation,
} from '#libs/platform';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { migrations } from '../../migrations/index.js';

/**
 * Offers and keys behind the guard, as the application serves them, but with limits that a test can
 * wait for.
 */
export async function startRooms(
  url: string,
  { limits, streamIdleMs }: { limits?: Partial<ServerLimits>; streamIdleMs?: number } = {},
): Promise<INestApplication> {
  const database = { migrations, poolSize: 3, partitionInterval: 'day' as const };
  const module = await Test.createTestingModule({
    imports: [
      // They ask in vain until a key is known, more often than anybody who knows it.
      PlatformModule.forRoot(loadConfig({ FAILED_LOGINS_PER_MINUTE: '0' })),
      DatabaseModule.forRoot(database),
      AccessModule,
      GuardModule,
      DoorModule.register({ trustProxy: { useFactory: () => '' } }),
      OffersModule,
    ],
  }).compile();
  const adapter = new DoorAdapter(limits);
  const app = module.createNestApplication(adapter, { logger: false, bodyParser: false });
  app.useGlobalInterceptors(new StrictBody(streamIdleMs));
  app.useGlobalPipes(strictValidation()).useGlobalFilters(new ProblemFilter());
  await app.init();
  app.get(DatabaseStart).start(url);
  app.get(OfferDirectory).start();
  app.get(KeyRing).start();
  return app;
}

export async function stopRooms(app: INestApplication): Promise<void> {
  await Promise.all([app.get(OfferDirectory).stop(), app.get(KeyRing).stop()]);
  await app.close();
}
