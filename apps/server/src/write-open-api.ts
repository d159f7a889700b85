import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import { Config } from '#libs/platform';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { openApiOf } from './open-api.js';

const FILE = 'libs/contracts/openapi.json';

// Preview: the graph is resolved, nothing is started, and no database is asked for.
const app = await NestFactory.create(AppModule.forRoot(new Config()), {
  preview: true,
  logger: false,
});
const text = `${JSON.stringify(openApiOf(app), null, 2)}\n`;

if (process.argv.includes('--check')) {
  if (readFileSync(FILE, 'utf8') !== text) {
    console.error(`${FILE} is not what the application publishes: run "npm run openapi".`);
    process.exit(1);
  }
} else {
  writeFileSync(FILE, text);
}
process.exit(0);
