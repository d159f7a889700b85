import { ListOffersQuery, OfferPage, OfferView, PutOfferDto } from '#libs/contracts';
import { Allows, ProblemDocument } from '#libs/platform';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  NotFoundException,
  Param,
  Put,
  Query,
  Res,
} from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiPayloadTooLargeResponse,
  ApiUnsupportedMediaTypeResponse,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { OfferPath } from './offer-path.dto.js';
import { OffersRepository } from './offers.repository.js';

const PROBLEM = { type: ProblemDocument };
const NO_OFFER = 'There is no such offer.';

/** The catalogue of offers. What is changed here, every process knows within two seconds. */
@ApiBadRequestResponse({ ...PROBLEM, description: 'The request breaks the contract.' })
@Allows('admin')
@Controller('offers')
export class OffersController {
  constructor(private readonly offers: OffersRepository) {}

  @Put(':offerId')
  @ApiOperation({ summary: 'Say which product and producer an offer stands for' })
  @ApiOkResponse({ type: OfferView, description: 'The offer was known and is changed.' })
  @ApiCreatedResponse({ type: OfferView, description: 'The offer is new, or was deleted before.' })
  @ApiPayloadTooLargeResponse({ ...PROBLEM, description: 'The body is too large.' })
  @ApiUnsupportedMediaTypeResponse({ ...PROBLEM, description: 'The body is no JSON in UTF-8.' })
  async put(
    @Param() { offerId }: OfferPath,
    @Body() body: PutOfferDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OfferView> {
    const { offer, isNew } = await this.offers.put(offerId, body);
    response.status(isNew ? 201 : 200);
    return offer;
  }

  @Get(':offerId')
  @ApiOperation({ summary: 'Show an offer' })
  @ApiOkResponse({ type: OfferView, description: 'The offer.' })
  @ApiNotFoundResponse({ ...PROBLEM, description: NO_OFFER })
  async get(@Param() { offerId }: OfferPath): Promise<OfferView> {
    const offer = await this.offers.find(offerId);
    if (offer === null) throw new NotFoundException(NO_OFFER);
    return offer;
  }

  @Delete(':offerId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete an offer: events that name it are refused from then on' })
  // Not the one that the examples of events name.
  @ApiParam({ name: 'offerId', example: 'offer-2' })
  @ApiNoContentResponse({ description: 'The offer is deleted.' })
  @ApiNotFoundResponse({ ...PROBLEM, description: NO_OFFER })
  async remove(@Param() { offerId }: OfferPath): Promise<void> {
    if (!(await this.offers.remove(offerId))) throw new NotFoundException(NO_OFFER);
  }

  @Get()
  @ApiOperation({ summary: 'List offers' })
  @ApiOkResponse({ type: OfferPage, description: 'A page of offers.' })
  list(@Query() query: ListOffersQuery): Promise<OfferPage> {
    return this.offers.list(query);
  }
}
