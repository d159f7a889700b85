import {
  ListPersonalDataAccessesQuery,
  PERSONAL_DATA_ACCESSES_EXAMPLE,
  PersonalDataAccessPage,
} from '#libs/contracts';
import { Allows, ProblemDocument } from '#libs/platform';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiBadRequestResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { PersonalDataAccesses } from './personal-data-accesses.js';

@Allows('admin')
@Controller('personal-data-accesses')
export class PersonalDataAccessesController {
  constructor(private readonly accesses: PersonalDataAccesses) {}

  @Get()
  @ApiOperation({
    summary: 'Who read personal data, when, and of how many?',
    description:
      'The newest first. Every page of `GET /dashboards/checkout/abandoned` that was answered is ' +
      'here, with what was asked for, and every file of `GET /exports/…` that shows personal data, ' +
      'twice: as it begins (`begun`), and as it ends (`complete` or `broken_off`). No personal data ' +
      'are here. Nothing is ever removed from this list.',
  })
  @ApiOkResponse({
    type: PersonalDataAccessPage,
    description: 'A page of accesses.',
    example: PERSONAL_DATA_ACCESSES_EXAMPLE,
  })
  @ApiBadRequestResponse({ type: ProblemDocument, description: 'The question breaks its rules.' })
  list(@Query() query: ListPersonalDataAccessesQuery): Promise<PersonalDataAccessPage> {
    return this.accesses.list(query);
  }
}
