import type { OfferImportReport } from '#libs/contracts';
import { Injectable, Logger } from '@nestjs/common';

/** The log lines of imports. Bad lines are told to whoever sent them, not here. */
@Injectable()
export class OffersLog {
  private readonly logger = new Logger('offers');

  imported(report: OfferImportReport): void {
    this.logger.log({ type: 'OFFERS_IMPORTED', ...countsOf(report) });
  }

  /** Not a warning: mostly a sender who left. What is our own fault is logged by whoever answers. */
  brokenOff(report: OfferImportReport, error: unknown): void {
    const said = { type: 'OFFERS_IMPORT_BROKEN_OFF', ...countsOf(report), error: String(error) };
    this.logger.log(said);
  }
}

const countsOf = ({
  read,
  created,
  changed,
  unchanged,
  repeated,
  rejected,
}: OfferImportReport): object => ({ read, created, changed, unchanged, repeated, rejected });
