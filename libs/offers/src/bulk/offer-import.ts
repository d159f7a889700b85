import { setImmediate as otherWork } from 'node:timers/promises';
import type { OfferFileFormat, OfferImportReport } from '#libs/contracts';
import { ContractBreachError, PartlyDoneError, strictValidation } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { type FileLine, fileLines } from './file-lines.js';
import { ImportTally } from './import-tally.js';
import { OfferBatches } from './offer-batches.repository.js';
import { OfferLine } from './offer-line.dto.js';
import { OffersLog } from './offers.log.js';

const BATCH = 1000;
/** Whatever else the process does has its turn in between. */
const LINES_AT_ONCE = 200;

const validation = strictValidation();
const AS_BODY = { type: 'body', metatype: OfferLine } as const;

/** The bytes or the database broke off, for the reason in `cause`. What was taken until then stays. */
export class BrokenImportError extends PartlyDoneError {
  constructor(
    readonly report: OfferImportReport,
    lastLine: number,
    cause: unknown,
  ) {
    super(sentenceOf(report, lastLine), { report }, cause);
  }
}

/** By id: where one comes twice, the last line holds. */
type Pending = Map<string, OfferLine>;

/** Takes offers from a file as it comes, in constant memory. */
@Injectable()
export class OfferImport {
  constructor(
    private readonly batches: OfferBatches,
    private readonly log: OffersLog,
  ) {}

  /**
   * Every good line goes in, whatever the bad ones do. `watch` hears how many lines are read.
   *
   * @throws ContractBreachError where the header is at fault: nothing was taken.
   * @throws BrokenImportError where the bytes or the database break off.
   */
  async run(
    bytes: AsyncIterable<Buffer>,
    format: OfferFileFormat,
    watch: (read: number) => void = () => undefined,
  ): Promise<OfferImportReport> {
    const tally = new ImportTally();
    const pending: Pending = new Map();
    try {
      for await (const line of fileLines(bytes, format)) {
        await take(line, pending, tally);
        if (pending.size === BATCH) await this.write(pending, tally);
        if (tally.read % LINES_AT_ONCE !== 0) continue;
        watch(tally.read);
        await otherWork();
      }
      await this.write(pending, tally);
    } catch (error) {
      throw await this.brokenOff(error, pending, tally);
    }
    this.log.imported(tally.report());
    return tally.report();
  }

  private async write(pending: Pending, tally: ImportTally): Promise<void> {
    const offers = [...pending.values()];
    pending.clear(); // whatever becomes of them: nobody tries them again
    if (offers.length > 0) tally.countWritten(offers.length, await this.batches.put(offers));
  }

  /** What came whole before the bytes broke off is as good as the rest. */
  private async brokenOff(error: unknown, pending: Pending, tally: ImportTally): Promise<unknown> {
    if (error instanceof ContractBreachError && tally.read === 0) return error;
    let cause = error;
    try {
      await this.write(pending, tally);
    } catch (failure) {
      cause = failure;
    }
    const report = tally.report();
    this.log.brokenOff(report, cause);
    return new BrokenImportError(report, tally.lastLine, cause);
  }
}

async function take({ line, ...said }: FileLine, pending: Pending, tally: ImportTally) {
  tally.countLine(line);
  if ('breach' in said) return tally.countBad(line, [said.breach]);
  try {
    const offer = (await validation.transform(said.value, AS_BODY)) as OfferLine;
    if (pending.has(offer.offerId)) tally.countRepeated();
    pending.set(offer.offerId, offer);
  } catch (error) {
    if (!(error instanceof ContractBreachError)) throw error;
    tally.countBad(line, error.breaches);
  }
}

const sentenceOf = ({ created, changed, unchanged }: OfferImportReport, lastLine: number): string =>
  `Broke off after line ${lastLine}; ${created + changed + unchanged} offers are in and stay. ` +
  'The whole file may be sent again.';
