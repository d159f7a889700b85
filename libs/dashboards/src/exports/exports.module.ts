import { Module } from '@nestjs/common';
import { ExportsController } from './exports.controller.js';
import { Exports } from './exports.js';
import { ExportsLog } from './exports.log.js';
import { ExportsRepository } from './exports.repository.js';

/** Stored events as files. */
@Module({
  controllers: [ExportsController],
  providers: [Exports, ExportsLog, ExportsRepository],
})
export class ExportsModule {}
