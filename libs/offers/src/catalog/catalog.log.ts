import type { CatalogKindName, ImportReport } from '#libs/contracts';
import { Logger } from '@nestjs/common';
import { countsOf } from '../bulk/offers.log.js';

/** The log lines of one kind's imports. Bad lines are told to whoever sent them, not here. */
export class CatalogLog {
  private readonly logger = new Logger('catalog');

  constructor(private readonly kind: CatalogKindName) {}

  imported(report: ImportReport): void {
    this.logger.log({ type: 'CATALOG_IMPORTED', kind: this.kind, ...countsOf(report) });
  }

  brokenOff(report: ImportReport, error: unknown): void {
    const { kind } = this;
    const said = { type: 'CATALOG_IMPORT_BROKEN_OFF', kind, ...countsOf(report) };
    this.logger.log({ ...said, error: String(error) });
  }
}
