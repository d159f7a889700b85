import { ImportReport, ListCatalogQuery } from '#libs/contracts';
import {
  Allows,
  BodyStream,
  ProblemDocument,
  type StreamedBody,
  StreamsBody,
} from '#libs/platform';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  NotFoundException,
  Param,
  Post,
  Put,
  Query,
  Res,
  type Type,
} from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiPayloadTooLargeResponse,
  ApiRequestTimeoutResponse,
  ApiUnsupportedMediaTypeResponse,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { MEDIA_TYPES } from '../bulk/media-types.js';
import { catalogImport } from './catalog-import.js';
import type { CatalogKind, CatalogLine } from './catalog-kind.js';
import { filesOf, importDescription } from './catalog.document.js';
import { type CatalogEntry, type CatalogList, CatalogRepository } from './catalog.repository.js';

const PROBLEM = { type: ProblemDocument };

/**
 * The classes of a handler's parameters, which the compiler cannot know here. Nest validates by
 * them, and Swagger publishes them, as if they stood in the handler itself.
 */
const Takes =
  (...types: readonly unknown[]): MethodDecorator =>
  (target, method) =>
    Reflect.defineMetadata('design:paramtypes', types, target, method);

/** The endpoints of one kind of the catalogue, published with that kind's own fields. */
export function catalogController(kind: CatalogKind): Type<object> {
  const { name, one, some, table, path, body, view, page } = kind;
  const none = `There is no such ${one}.`;
  const idOf = (named: CatalogLine): string => named[table.id]!;

  @ApiBadRequestResponse({ ...PROBLEM, description: 'The request breaks the contract.' })
  @Allows('admin')
  @Controller(`catalog/${name}`)
  class CatalogController {
    constructor(private readonly catalog: CatalogRepository) {}

    @Takes(path, body, Object)
    @Put(`:${table.id}`)
    @ApiOperation({
      summary: `Say what the catalogue knows of ${some}`,
      description: `Replaces the whole entry. It holds against whatever events say of the ${one}.`,
    })
    @ApiOkResponse({ type: view, description: `The ${one} was known and is changed.` })
    @ApiCreatedResponse({ type: view, description: `The ${one} is new.` })
    @ApiPayloadTooLargeResponse({ ...PROBLEM, description: 'The body is too large.' })
    @ApiUnsupportedMediaTypeResponse({ ...PROBLEM, description: 'The body is no JSON in UTF-8.' })
    async put(
      @Param() named: CatalogLine,
      @Body() said: CatalogLine,
      @Res({ passthrough: true }) response: Response,
    ): Promise<CatalogEntry> {
      const { entry, isNew } = await this.catalog.put(kind, { ...said, ...named });
      response.status(isNew ? 201 : 200);
      return entry;
    }

    @Takes(path)
    @Get(`:${table.id}`)
    @ApiOperation({ summary: `Show what the catalogue knows of ${some}` })
    @ApiOkResponse({ type: view, description: `The ${one}.` })
    @ApiNotFoundResponse({ ...PROBLEM, description: none })
    async get(@Param() named: CatalogLine): Promise<CatalogEntry> {
      const entry = await this.catalog.find(kind, idOf(named));
      if (entry === null) throw new NotFoundException(none);
      return entry;
    }

    @Takes(path)
    @Delete(`:${table.id}`)
    @HttpCode(204)
    @ApiOperation({
      summary: `Forget ${some}`,
      description: `An event that comes later and names the ${one} makes it known again.`,
    })
    @ApiNoContentResponse({ description: `The ${one} is forgotten.` })
    @ApiNotFoundResponse({ ...PROBLEM, description: none })
    async remove(@Param() named: CatalogLine): Promise<void> {
      if (!(await this.catalog.remove(kind, idOf(named)))) throw new NotFoundException(none);
    }

    @Get()
    @ApiOperation({ summary: `List the ${one}s of the catalogue` })
    @ApiOkResponse({ type: page, description: `A page of ${one}s.` })
    list(@Query() query: ListCatalogQuery): Promise<CatalogList> {
      return this.catalog.list(kind, query);
    }

    @Post('import')
    @HttpCode(200)
    @StreamsBody(...Object.keys(MEDIA_TYPES))
    @ApiOperation({
      summary: `Put many ${one}s at once`,
      description: importDescription(kind),
      requestBody: { required: true, content: filesOf(kind) },
    })
    @ApiOkResponse({ type: ImportReport, description: 'The whole file was read.' })
    @ApiBadRequestResponse({
      ...PROBLEM,
      description: 'The header is at fault, or the body broke off: `report` says how far it came.',
    })
    @ApiRequestTimeoutResponse({ ...PROBLEM, description: 'Nothing came for half a minute.' })
    @ApiUnsupportedMediaTypeResponse({
      ...PROBLEM,
      description: 'Neither CSV nor NDJSON in UTF-8.',
    })
    import(@BodyStream() { bytes, mediaType }: StreamedBody): Promise<ImportReport> {
      return catalogImport(kind, this.catalog).run(bytes, MEDIA_TYPES[mediaType]!);
    }
  }

  // Operations are named after their controller.
  const named = `Catalog${name[0]!.toUpperCase()}${name.slice(1)}Controller`;
  Object.defineProperty(CatalogController, 'name', { value: named });
  return CatalogController;
}
