import { Module } from '@nestjs/common';
import { PersonalDataLog } from './personal-data.log.js';
import { PersonalDataAccessesController } from './personal-data-accesses.controller.js';
import { PersonalDataAccesses } from './personal-data-accesses.js';
import { PersonalDataAccessesRepository } from './personal-data-accesses.repository.js';

/** The audit of personal data. */
@Module({
  controllers: [PersonalDataAccessesController],
  providers: [PersonalDataAccesses, PersonalDataAccessesRepository, PersonalDataLog],
  exports: [PersonalDataAccesses],
})
export class PersonalDataAccessesModule {}
