import { setTimeout as pause } from 'node:timers/promises';
import type { OfferFileFormat } from '#libs/contracts';
import { Injectable } from '@nestjs/common';
import { type OfferChange, OfferFeed } from '../offer-feed.repository.js';
import { csvCell } from './csv-cell.js';
import { OFFER_COLUMNS, type OfferLine } from './offer-line.dto.js';

type Spell = (offers: readonly OfferLine[]) => string;

const inCsv: Spell = (offers) => offers.map(csvLine).join('');

const csvLine = (offer: OfferLine): string =>
  `${OFFER_COLUMNS.map((column) => csvCell(offer[column])).join(',')}\r\n`;

const inNdjson: Spell = (offers) => offers.map((offer) => `${JSON.stringify(offer)}\n`).join('');

/** How a file of each format begins, and how it goes on. */
const SPELLINGS: Readonly<Record<OfferFileFormat, readonly [head: string, spell: Spell]>> = {
  csv: [`${OFFER_COLUMNS.join(',')}\r\n`, inCsv],
  ndjson: ['', inNdjson],
};

/** Between two pages: whoever sends events has half of the process, and of the database, at least. */
const REST_MS = 2;

/** Gives out offers as a file that an import takes again. */
@Injectable()
export class OfferExport {
  constructor(private readonly feed: OfferFeed) {}

  /**
   * The file, piece by piece, by offer id. Each page shows the offers of its moment: what changes
   * meanwhile may be in it or not. `watch` hears how many offers are given out.
   */
  async *pieces(
    { format, prefix }: { readonly format: OfferFileFormat; readonly prefix?: string },
    watch: (written: number) => void = () => undefined,
  ): AsyncGenerator<string, void> {
    let written = 0;
    const [opening, spell] = SPELLINGS[format];
    let head = opening;
    for await (const page of this.feed.live(prefix)) {
      yield head + spell(page.flatMap(lineOf));
      head = '';
      watch((written += page.length));
      await pause(REST_MS);
    }
  }
}

const lineOf = ({ offerId, offer }: OfferChange): OfferLine[] =>
  offer === null ? [] : [{ offerId, ...offer }];
