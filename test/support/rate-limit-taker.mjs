/**
 * A process of its own that takes from one allowance of the build's shared limiter, many times at
 * once, and writes how often it was given. Arguments: address of Redis, how often, the most of it.
 */
import 'reflect-metadata';
import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { loadConfig } from '../../dist/libs/platform/src/config/config.js';
import { Probes } from '../../dist/libs/platform/src/health/probes.js';
import { SharedRateLimiter } from '../../dist/libs/platform/src/http/shared-rate-limiter.js';
import { Metrics } from '../../dist/libs/platform/src/metrics/metrics.js';
import { Redis } from '../../dist/libs/platform/src/redis/redis.js';

Logger.overrideLogger(false); // what it writes is the answer alone
const [url, times, most] = process.argv.slice(2);
const metrics = new Metrics();
const redis = new Redis(loadConfig({ REDIS_URL: url }), metrics, new Probes());
redis.onApplicationBootstrap();
while (!redis.isAnswering) await pause(10);
const limiter = new SharedRateLimiter(redis, metrics);
const allowance = { key: 'processes', most: Number(most), perSeconds: 60 };
let given = 0;
for (let i = 0; i < Number(times); i++) {
  if ((await limiter.take([allowance])) === 0) given++;
}
process.stdout.write(`${given}\n`);
await redis.onApplicationShutdown();
