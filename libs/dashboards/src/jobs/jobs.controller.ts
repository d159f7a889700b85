import { JobPage, JobPath, JobView } from '#libs/contracts';
import { Allows, ProblemDocument } from '#libs/platform';
import { Controller, Get, NotFoundException, Param } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
} from '@nestjs/swagger';
import { JobsOverview } from './jobs.js';

const NO_JOB = 'There is no such job.';

@Allows('admin')
@Controller('jobs')
export class JobsController {
  constructor(private readonly jobs: JobsOverview) {}

  @Get()
  @ApiOperation({
    summary: 'List the jobs that keep the figures, each with what it did last',
    description:
      'Jobs fold events into sessions and count them by day. One process of all runs each of them; ' +
      'a job that fails is tried again within seconds. A job that has nothing to do leaves no ' +
      'entry: `lagSeconds` tells whether it keeps up.',
  })
  @ApiOkResponse({ type: JobPage, description: 'Every job.' })
  list(): Promise<JobPage> {
    return this.jobs.list();
  }

  @Get(':id')
  @ApiOperation({
    summary: 'Show a job with what it did',
    description: 'Its last 200 entries, newest first. Entries are kept for 30 days.',
  })
  @ApiOkResponse({ type: JobView, description: 'The job.' })
  @ApiBadRequestResponse({ type: ProblemDocument, description: 'The id cannot be one.' })
  @ApiNotFoundResponse({ type: ProblemDocument, description: NO_JOB })
  async get(@Param() { id }: JobPath): Promise<JobView> {
    const view = await this.jobs.find(id);
    if (view === null) throw new NotFoundException(NO_JOB);
    return view;
  }
}
