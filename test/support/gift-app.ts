import type { AddressInfo } from 'node:net';
import {
  addBatchDoors,
  Authenticator,
  type Check,
  declaredEndpoints,
  Door,
  DoorAdapter,
  DoorModule,
  Metrics,
  type RateLimiter,
  type ServerLimits,
  type TrustedNetworks,
} from '#libs/platform';
import { Controller, Get, Global, Module } from '@nestjs/common';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import {
  checkGift,
  checkWish,
  GiftAuthenticator,
  GiftController,
  GiftDto,
  GiftShop,
} from './gift-contract.js';

/** The rest of the application, which Express serves. */
@Controller()
class ShopWindow {
  @Get('gifts')
  look(): object {
    return { items: [] };
  }

  @Get('slow')
  async slow(): Promise<object> {
    shopWindow.waiting++;
    await shopWindow.until;
    shopWindow.waiting--;
    return { slow: true };
  }
}

/** What holds back the slow answer of Express. */
export const shopWindow: { until: Promise<void>; waiting: number } = {
  until: Promise.resolve(),
  waiting: 0,
};

@Global()
@Module({
  providers: [
    Metrics,
    GiftAuthenticator,
    { provide: Authenticator, useExisting: GiftAuthenticator },
  ],
  exports: [Metrics, Authenticator, GiftAuthenticator],
})
class Foundation {}

export interface GiftAppOptions {
  readonly limits?: Partial<ServerLimits>;
  readonly trustProxy?: string;
  readonly networks?: () => TrustedNetworks;
  readonly rateLimiter?: (metrics: Metrics) => RateLimiter;
}

export interface GiftApp {
  readonly port: number;
  readonly shop: GiftShop;
  readonly authenticator: GiftAuthenticator;
  readonly document: OpenAPIObject;
  /** The value of a figure, summed over the labels that are not named. */
  figure(name: string, labels?: Readonly<Record<string, string>>): Promise<number>;
  stop(): Promise<void>;
}

/** A real Nest application with the door before it and the made-up contract behind it. */
export async function startGiftApp(options: GiftAppOptions = {}): Promise<GiftApp> {
  const { networks, rateLimiter } = options;
  @Module({
    imports: [
      Foundation,
      DoorModule.register({
        trustProxy: { useFactory: () => options.trustProxy ?? '' },
        trustedNetworks: networks && { useFactory: networks },
        rateLimiter: rateLimiter && { inject: [Metrics], useFactory: rateLimiter },
      }),
    ],
    controllers: [GiftController, ShopWindow],
    providers: [GiftShop],
  })
  class GiftModule {}

  const app = await NestFactory.create(GiftModule, new DoorAdapter(options.limits), {
    logger: false,
    abortOnError: false,
  });
  const document = SwaggerModule.createDocument(app, new DocumentBuilder().build());
  const endpoints = declaredEndpoints(app.get(ModulesContainer));
  addBatchDoors(
    document,
    endpoints.map((endpoint) => endpoint.options),
  );
  app.get(Door).open((contract): Check => (contract === GiftDto ? checkGift : checkWish));
  await app.listen(0, '127.0.0.1');
  const { registry } = app.get(Metrics);
  return {
    port: (app.getHttpServer() as { address(): AddressInfo }).address().port,
    shop: app.get(GiftShop),
    authenticator: app.get(GiftAuthenticator),
    document,
    figure: async (name, labels = {}) => {
      const metric = await registry.getSingleMetric(`footfall_${name}`)!.get();
      return metric.values
        .filter((value) => Object.entries(labels).every(([k, v]) => value.labels[k] === v))
        .reduce((sum, { value }) => sum + value, 0);
    },
    stop: () => app.close(),
  };
}
