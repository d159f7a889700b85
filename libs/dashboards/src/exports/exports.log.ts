import type { ExportFormat } from '#libs/contracts';
import { Injectable, Logger } from '@nestjs/common';

export interface ExportRun {
  readonly contract: string;
  readonly format: ExportFormat;
  readonly from: string;
  readonly to: string;
  /** Id of the key or of the user. */
  readonly by: string | null;
  readonly withPersonalData: boolean;
}

/** The log lines of exports: whoever takes events away by the thousand leaves a trace. */
@Injectable()
export class ExportsLog {
  private readonly logger = new Logger('exports');

  /** Its end; `isComplete` is false where its taker left, or it broke off. */
  ended(run: ExportRun, events: number, isComplete: boolean): void {
    this.logger.log({ type: 'EVENTS_EXPORTED', ...run, events, isComplete });
  }
}
