import type { AuditedSource } from '#libs/contracts';
import type { Caller } from '#libs/platform';
import { Injectable, Logger } from '@nestjs/common';

/** What is said of personal data that were read; never the data. */
@Injectable()
export class PersonalDataLog {
  private readonly logger = new Logger('personal-data');

  /** `question` is masked already. */
  read({ kind, id }: Caller, source: AuditedSource, question: object, items: number): void {
    const by = { kind, id };
    this.logger.log({ type: 'PERSONAL_DATA_READ', by, source, question, items });
  }
}
