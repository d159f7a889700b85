import { CreatedKeyView, CreateKeyDto, KeyPage, KeyPath, ListKeysQuery } from '#libs/contracts';
import { Allows, type Caller, CurrentCaller, ProblemDocument } from '#libs/platform';
import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  NotFoundException,
  Param,
  Post,
  Query,
} from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiPayloadTooLargeResponse,
  ApiUnsupportedMediaTypeResponse,
} from '@nestjs/swagger';
import { AccessLog } from './access.log.js';
import { ApiKeys } from './api-keys.js';

const PROBLEM = { type: ProblemDocument };
const NO_KEY = 'There is no such key.';

/** Keys over HTTP. What is changed here, every process honours within two seconds. */
@ApiBadRequestResponse({ ...PROBLEM, description: 'The request breaks the contract.' })
@Allows('admin')
@Controller('keys')
export class KeysController {
  constructor(
    private readonly keys: ApiKeys,
    private readonly log: AccessLog,
  ) {}

  @Post()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    summary: 'Make a key',
    description: 'Two keys may live at once: make the next, change over, then revoke the old one.',
  })
  @ApiCreatedResponse({ type: CreatedKeyView, description: 'The key, shown this once.' })
  @ApiPayloadTooLargeResponse({ ...PROBLEM, description: 'The body is too large.' })
  @ApiUnsupportedMediaTypeResponse({ ...PROBLEM, description: 'The body is no JSON in UTF-8.' })
  async create(
    @Body() request: CreateKeyDto,
    @CurrentCaller() caller: Caller,
  ): Promise<CreatedKeyView> {
    const created = await this.keys.create(request);
    this.log.keyCreated(created.id, created.scopes, caller);
    return created;
  }

  @Get()
  @ApiOperation({ summary: 'List keys' })
  @ApiOkResponse({ type: KeyPage, description: 'A page of keys.' })
  list(@Query() query: ListKeysQuery): Promise<KeyPage> {
    return this.keys.page(query);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke a key: it opens nothing from then on, and stays in the list' })
  @ApiNoContentResponse({ description: 'The key is revoked.' })
  @ApiNotFoundResponse({ ...PROBLEM, description: NO_KEY })
  async revoke(@Param() { id }: KeyPath, @CurrentCaller() caller: Caller): Promise<void> {
    if (!(await this.keys.revoke(id))) throw new NotFoundException(NO_KEY);
    this.log.keyRevoked(id, caller);
  }
}
