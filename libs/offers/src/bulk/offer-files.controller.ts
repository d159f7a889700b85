import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ExportOffersQuery, type OfferFileFormat, OfferImportReport } from '#libs/contracts';
import {
  Allows,
  BodyStream,
  ProblemDocument,
  type StreamedBody,
  StreamsBody,
} from '#libs/platform';
import {
  Controller,
  Get,
  HttpCode,
  NotAcceptableException,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiNotAcceptableResponse,
  ApiOkResponse,
  ApiOperation,
  ApiRequestTimeoutResponse,
  ApiUnsupportedMediaTypeResponse,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { MEDIA_TYPES } from './media-types.js';
import { EXPORT_DESCRIPTION, FILES, IMPORT_DESCRIPTION } from './offer-files.document.js';
import { OfferExport } from './offer-export.js';
import { OfferImport } from './offer-import.js';

const PROBLEM = { type: ProblemDocument };

/** Offers by the file: many thousand at once, in and out, none of them held in memory. */
@Allows('admin')
@Controller('offers')
export class OfferFilesController {
  constructor(
    private readonly imports: OfferImport,
    private readonly exports: OfferExport,
  ) {}

  @Post('import')
  @HttpCode(200)
  @StreamsBody(...Object.keys(MEDIA_TYPES))
  @ApiOperation({
    summary: 'Put many offers at once',
    description: IMPORT_DESCRIPTION,
    requestBody: { required: true, content: FILES },
  })
  @ApiOkResponse({ type: OfferImportReport, description: 'The whole file was read.' })
  @ApiBadRequestResponse({
    ...PROBLEM,
    description: 'The header is at fault, or the body broke off: `report` says how far it came.',
  })
  @ApiRequestTimeoutResponse({ ...PROBLEM, description: 'Nothing came for half a minute.' })
  @ApiUnsupportedMediaTypeResponse({ ...PROBLEM, description: 'Neither CSV nor NDJSON in UTF-8.' })
  import(@BodyStream() { bytes, mediaType }: StreamedBody): Promise<OfferImportReport> {
    return this.imports.run(bytes, MEDIA_TYPES[mediaType]!);
  }

  @Get('export')
  @ApiOperation({ summary: 'Get all offers as a file', description: EXPORT_DESCRIPTION })
  @ApiOkResponse({ description: 'By offer id.', content: FILES })
  @ApiBadRequestResponse({ ...PROBLEM, description: 'The request breaks the contract.' })
  @ApiNotAcceptableResponse({ ...PROBLEM, description: '`Accept` allows neither CSV nor NDJSON.' })
  async export(
    @Query() { format, prefix }: ExportOffersQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const mediaType = format === undefined ? acceptedBy(request) : mediaTypeOf(format);
    const pieces = this.exports.pieces({ format: MEDIA_TYPES[mediaType]!, prefix });
    const first = await pieces.next(); // what fails here is still answered as a problem
    response.setHeader('Content-Type', `${mediaType}; charset=utf-8`);
    response.setHeader('Vary', 'Accept');
    const name = `offers.${MEDIA_TYPES[mediaType]}`;
    response.setHeader('Content-Disposition', `attachment; filename="${name}"`);
    if (request.method === 'HEAD') response.end();
    else await send(first, pieces, response);
  }
}

const mediaTypeOf = (format: OfferFileFormat): string =>
  Object.keys(MEDIA_TYPES).find((type) => MEDIA_TYPES[type] === format)!;

function acceptedBy(request: Request): string {
  const accepted = request.accepts(Object.keys(MEDIA_TYPES));
  if (accepted === false) throw new NotAcceptableException();
  return accepted;
}

/** Whoever leaves before the end has what they wanted. @throws for every other failure. */
async function send(
  first: IteratorResult<string, void>,
  rest: AsyncGenerator<string, void>,
  response: Response,
): Promise<void> {
  try {
    await pipeline(Readable.from(joined(first, rest)), response);
  } catch (error) {
    if (!hasLeft(error)) throw error;
  }
}

async function* joined(first: IteratorResult<string, void>, rest: AsyncGenerator<string, void>) {
  if (!first.done) yield first.value;
  yield* rest;
}

const hasLeft = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE';
