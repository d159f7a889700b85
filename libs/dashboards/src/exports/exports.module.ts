import { Module } from '@nestjs/common';
import { PersonalDataAccessesModule } from '../personal-data-accesses/personal-data-accesses.module.js';
import { ExportsController } from './exports.controller.js';
import { ExportTrace } from './export-trace.js';
import { Exports } from './exports.js';
import { ExportsLog } from './exports.log.js';
import { ExportsRepository } from './exports.repository.js';

/** Stored events as files. */
@Module({
  imports: [PersonalDataAccessesModule],
  controllers: [ExportsController],
  providers: [ExportTrace, Exports, ExportsLog, ExportsRepository],
})
export class ExportsModule {}
