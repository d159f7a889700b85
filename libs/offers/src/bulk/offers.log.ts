import type { ImportReport } from '#libs/contracts';
import { Injectable, Logger } from '@nestjs/common';

/** The log lines of imports. Bad lines are told to whoever sent them, not here. */
@Injectable()
export class OffersLog {
  private readonly logger = new Logger('offers');

  imported(report: ImportReport): void {
    this.logger.log({ type: 'OFFERS_IMPORTED', ...countsOf(report) });
  }

  /** Not a warning: mostly a sender who left. What is our own fault is logged by whoever answers. */
  brokenOff(report: ImportReport, error: unknown): void {
    const said = { type: 'OFFERS_IMPORT_BROKEN_OFF', ...countsOf(report), error: String(error) };
    this.logger.log(said);
  }
}

/** What of a report is logged: no line of the file. */
export const countsOf = ({
  read,
  created,
  changed,
  unchanged,
  repeated,
  rejected,
}: ImportReport): object => ({ read, created, changed, unchanged, repeated, rejected });
