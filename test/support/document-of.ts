import { Body, Controller, Module, Post, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** The document that an application with these request bodies publishes. */
export async function documentOf(...contracts: readonly Type[]): Promise<OpenAPIObject> {
  const controllers = contracts.map((contract) => controllerFor(contract));
  const app = await NestFactory.create(moduleWith(controllers), { preview: true, logger: false });
  return SwaggerModule.createDocument(app, new DocumentBuilder().build());
}

function controllerFor(contract: Type): Type {
  class ContractController {
    take(_body: unknown): void {}
  }
  Body()(ContractController.prototype, 'take', 0);
  Reflect.defineMetadata('design:paramtypes', [contract], ContractController.prototype, 'take');
  const take = Object.getOwnPropertyDescriptor(ContractController.prototype, 'take');
  Post(contract.name)(ContractController.prototype, 'take', take as PropertyDescriptor);
  Controller()(ContractController);
  return ContractController;
}

function moduleWith(controllers: Type[]): Type {
  class ContractsModule {}
  Module({ controllers })(ContractsModule);
  return ContractsModule;
}
