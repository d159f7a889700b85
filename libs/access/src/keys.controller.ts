import {
  CreatedKeyView,
  CreateKeyDto,
  KeyPage,
  KeyPath,
  ListKeysQuery,
  RotatedKeyView,
  RotateKeyDto,
} from '#libs/contracts';
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
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiPayloadTooLargeResponse,
  ApiUnsupportedMediaTypeResponse,
} from '@nestjs/swagger';
import { AccessLog } from './access.log.js';
import { ApiKeys, NO_KEY } from './api-keys.js';

const PROBLEM = { type: ProblemDocument };
const TOO_LARGE = { ...PROBLEM, description: 'The body is too large.' };
const NO_JSON = { ...PROBLEM, description: 'The body is no JSON in UTF-8.' };

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
    description:
      'For everybody, or bound to an owner; with an end of its own, or for ever. To follow one by ' +
      'another without a gap: `POST /keys/{id}/rotate`.',
  })
  @ApiCreatedResponse({ type: CreatedKeyView, description: 'The key, shown this once.' })
  @ApiPayloadTooLargeResponse(TOO_LARGE)
  @ApiUnsupportedMediaTypeResponse(NO_JSON)
  async create(
    @Body() request: CreateKeyDto,
    @CurrentCaller() caller: Caller,
  ): Promise<CreatedKeyView> {
    const created = await this.keys.create(request);
    this.log.keyCreated(created.id, created.scopes, caller);
    return created;
  }

  @Post(':id/rotate')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    summary: 'Follow a key by another, while both work',
    description:
      'The successor has the same name, scopes and owner. The key itself goes on working for ' +
      '`graceHours`, so that whoever bears it can change over; revoke it once nobody does, which ' +
      '`lastUsedAt` tells. A key is rotated once: rotate its successor the next time.',
  })
  @ApiCreatedResponse({
    type: RotatedKeyView,
    description: 'The successor, shown this once, and the key that it follows.',
  })
  @ApiNotFoundResponse({ ...PROBLEM, description: NO_KEY })
  @ApiConflictResponse({ ...PROBLEM, description: 'It is over, revoked, or has a successor.' })
  @ApiPayloadTooLargeResponse(TOO_LARGE)
  @ApiUnsupportedMediaTypeResponse(NO_JSON)
  async rotate(
    @Param() { id }: KeyPath,
    @Body() request: RotateKeyDto,
    @CurrentCaller() caller: Caller,
  ): Promise<RotatedKeyView> {
    const rotated = await this.keys.rotate(id, request);
    this.log.keyRotated(id, rotated.id, caller);
    return rotated;
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
