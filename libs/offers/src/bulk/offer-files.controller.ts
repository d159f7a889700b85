import { ExportOffersQuery, OfferImportReport } from '#libs/contracts';
import {
  Allows,
  BodyStream,
  mediaTypeFor,
  ProblemDocument,
  sendFile,
  type StreamedBody,
  StreamsBody,
} from '#libs/platform';
import { Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
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
    const mediaType = mediaTypeFor(request, format, MEDIA_TYPES);
    const kind = MEDIA_TYPES[mediaType]!;
    const pieces = this.exports.pieces({ format: kind, prefix });
    await sendFile(request, response, { name: `offers.${kind}`, mediaType, pieces });
  }
}
