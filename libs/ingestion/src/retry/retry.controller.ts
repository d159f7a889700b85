import {
  RETRY_EXAMPLES,
  RETRY_REPORT_EXAMPLE,
  RetryRejectedEventsDto,
  RetryReport,
} from '#libs/contracts';
import { Allows, type Caller, CurrentCaller, ProblemDocument } from '#libs/platform';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiBody,
  ApiOkResponse,
  ApiOperation,
  ApiPayloadTooLargeResponse,
  ApiServiceUnavailableResponse,
  ApiUnsupportedMediaTypeResponse,
} from '@nestjs/swagger';
import { Retry } from './retry.js';

const PROBLEM = { type: ProblemDocument };

@Allows('admin')
@Controller('rejected-events/retry')
export class RetryController {
  constructor(private readonly retry: Retry) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'retryRejectedEvents',
    summary: 'Send rejected events again, once their cause is mended',
    description:
      'After an offer was put or a contract was widened. What a door refused is judged again as ' +
      'its door would judge it now; what was taken but not stored is appended again as it was. ' +
      'Both go through the event log like any event and keep the time, address and user agent of ' +
      'their first arrival. Once such an event is stored its row is `resolved`; where it is not, ' +
      'the same row says why, and `attempts` has grown. To ask twice is harmless: an event is ' +
      'stored once. Answered by processes with the role `ingest`.',
  })
  @ApiBody({ type: RetryRejectedEventsDto, examples: RETRY_EXAMPLES })
  @ApiOkResponse({
    type: RetryReport,
    description: 'A verdict for each of them.',
    example: RETRY_REPORT_EXAMPLE,
  })
  @ApiBadRequestResponse({ ...PROBLEM, description: 'The request breaks its rules.' })
  @ApiPayloadTooLargeResponse({ ...PROBLEM, description: 'The body is too large.' })
  @ApiUnsupportedMediaTypeResponse({ ...PROBLEM, description: 'The body is no JSON in UTF-8.' })
  @ApiServiceUnavailableResponse({ ...PROBLEM, description: 'The database is away. Ask again.' })
  run(
    @Body() request: RetryRejectedEventsDto,
    @CurrentCaller() caller: Caller,
  ): Promise<RetryReport> {
    return this.retry.run(request, caller);
  }
}
