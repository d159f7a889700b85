import {
  ExportAnalyticsEventsQuery,
  ExportCheckoutEventsQuery,
  ExportCommerceEventsQuery,
  type ExportEventsQuery,
  ExportTrackingEventsQuery,
} from '#libs/contracts';
import { SensitiveProps } from '#libs/database';
import {
  Allows,
  type Caller,
  CurrentCaller,
  ForOwners,
  mediaTypeFor,
  ProblemDocument,
  sendFile,
} from '#libs/platform';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiNotFoundResponse } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { onlyOwn } from '../owners.js';
import {
  ANALYTICS_FILE,
  analyticsExport,
  CHECKOUT_EXPORT,
  COMMERCE_EXPORT,
  TRACKING_EXPORT,
} from './exported-contracts.js';
import type { ExportedEvents } from './exported-events.js';
import { DocumentsFile } from './exports.document.js';
import { Exports } from './exports.js';
import { MEDIA_TYPES } from './media-types.js';

const REDACTED =
  'is redacted unless the key has the scope `personal-data:read`; then who took the file is noted ' +
  '(`GET /personal-data-accesses`).';
const ANOTHERS = { type: ProblemDocument, description: 'The caller is bound to another one.' };

/** Stored events by the file: a million at once, none of them held in memory. */
@Allows('events:read')
@Controller('exports')
export class ExportsController {
  private readonly analyticsEvents: ReturnType<typeof analyticsExport>;

  constructor(
    private readonly exports: Exports,
    sensitive: SensitiveProps,
  ) {
    this.analyticsEvents = analyticsExport(sensitive);
  }

  @Get('checkout')
  @ForOwners('producer')
  @DocumentsFile({
    file: CHECKOUT_EXPORT,
    summary: 'Get checkout events as a file',
    access: `E-mail, telephone and address ${REDACTED} A key of a producer gets that producer's only.`,
  })
  @ApiNotFoundResponse(ANOTHERS)
  checkout(
    @Query() query: ExportCheckoutEventsQuery,
    @CurrentCaller() caller: Caller,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const producerId = onlyOwn(caller, 'producer', query.producerId) ?? undefined;
    const own = { ...query, producerId };
    return this.send(CHECKOUT_EXPORT, own, { caller, request, response });
  }

  @Get('tracking')
  @DocumentsFile({
    file: TRACKING_EXPORT,
    summary: 'Get tracking events as a file',
    access: `What is personal in addresses of pages, and the sender's address, ${REDACTED}`,
  })
  tracking(
    @Query() query: ExportTrackingEventsQuery,
    @CurrentCaller() caller: Caller,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.send(TRACKING_EXPORT, query, { caller, request, response });
  }

  @Get('analytics')
  @ForOwners('creator')
  @DocumentsFile({
    file: ANALYTICS_FILE,
    summary: 'Get analytics events as a file',
    access:
      `Personal data in \`propsJson\` and \`attribution\` ${REDACTED} ` +
      "A key of a creator gets the events of that creator's assets only.",
  })
  @ApiNotFoundResponse(ANOTHERS)
  analytics(
    @Query() query: ExportAnalyticsEventsQuery,
    @CurrentCaller() caller: Caller,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const creatorId = onlyOwn(caller, 'creator', query.creatorId) ?? undefined;
    const own = { ...query, creatorId };
    return this.send(this.analyticsEvents, own, { caller, request, response });
  }

  @Get('commerce')
  @ForOwners('organization')
  @DocumentsFile({
    file: COMMERCE_EXPORT,
    summary: 'Get commerce events as a file',
    access: `Personal data ${REDACTED} A key of an organization gets that organization's only.`,
  })
  @ApiNotFoundResponse(ANOTHERS)
  commerce(
    @Query() query: ExportCommerceEventsQuery,
    @CurrentCaller() caller: Caller,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const organizationId = onlyOwn(caller, 'organization', query.organizationId) ?? undefined;
    const own = { ...query, organizationId };
    return this.send(COMMERCE_EXPORT, own, { caller, request, response });
  }

  private async send<Row, View extends object>(
    exported: ExportedEvents<Row, View>,
    { format, ...question }: ExportEventsQuery,
    { caller, request, response }: Exchange,
  ): Promise<void> {
    const mediaType = mediaTypeFor(request, format, MEDIA_TYPES);
    const file = this.exports.file(exported, question, MEDIA_TYPES[mediaType]!, caller);
    await sendFile(request, response, { ...file, mediaType });
  }
}

interface Exchange {
  readonly caller: Caller;
  readonly request: Request;
  readonly response: Response;
}
