import { setImmediate as otherWork } from 'node:timers/promises';
import type { ImportReport, OfferFileFormat } from '#libs/contracts';
import { ContractBreachError, PartlyDoneError, strictValidation } from '#libs/platform';
import type { FileKind } from './file-kind.js';
import { type FileLine, fileLines } from './file-lines.js';
import { ImportTally, type Written } from './import-tally.js';

const BATCH = 1000;
/** Whatever else the process does has its turn in between. */
const LINES_AT_ONCE = 200;

const validation = strictValidation();

/** Where the entries of a file go. */
export interface Batches<Line extends object> {
  /** No id comes twice. */
  put(lines: readonly Line[]): Promise<Written>;
}

/** Who tells the operator of it. */
export interface ImportLog {
  imported(report: ImportReport): void;
  /** Not a warning: mostly a sender who left. What is our own fault, whoever answers logs. */
  brokenOff(report: ImportReport, error: unknown): void;
}

/** The bytes or the database broke off, for the reason in `cause`. What was taken until then stays. */
export class BrokenImportError extends PartlyDoneError {
  constructor(
    readonly report: ImportReport,
    { noun, lastLine }: { readonly noun: string; readonly lastLine: number },
    cause: unknown,
  ) {
    super(sentenceOf(report, noun, lastLine), { report }, cause);
  }
}

/** Takes the entries of one kind from a file as it comes, in constant memory. */
export class FileImport<Line extends object> {
  constructor(
    private readonly kind: FileKind<Line>,
    private readonly batches: Batches<Line>,
    private readonly log: ImportLog,
  ) {}

  get noun(): string {
    return this.kind.noun;
  }

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
  ): Promise<ImportReport> {
    const tally = new ImportTally();
    const pending = new Map<unknown, Line>();
    try {
      for await (const line of fileLines(bytes, format, this.kind)) {
        await this.take(line, pending, tally);
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

  private async take(
    { line, ...said }: FileLine,
    pending: Map<unknown, Line>,
    tally: ImportTally,
  ): Promise<void> {
    const { dto, id } = this.kind;
    tally.countLine(line);
    if ('breach' in said) return tally.countBad(line, [said.breach]);
    try {
      const as = { type: 'body', metatype: dto } as const;
      const entry = (await validation.transform(said.value, as)) as Line;
      if (pending.has(entry[id])) tally.countRepeated();
      pending.set(entry[id], entry);
    } catch (error) {
      if (!(error instanceof ContractBreachError)) throw error;
      tally.countBad(line, error.breaches);
    }
  }

  private async write(pending: Map<unknown, Line>, tally: ImportTally): Promise<void> {
    const lines = [...pending.values()];
    pending.clear(); // whatever becomes of them: nobody tries them again
    if (lines.length > 0) tally.countWritten(lines.length, await this.batches.put(lines));
  }

  /** What came whole before the bytes broke off is as good as the rest. */
  private async brokenOff(
    error: unknown,
    pending: Map<unknown, Line>,
    tally: ImportTally,
  ): Promise<unknown> {
    if (error instanceof ContractBreachError && tally.read === 0) return error;
    let cause = error;
    try {
      await this.write(pending, tally);
    } catch (failure) {
      cause = failure;
    }
    const report = tally.report();
    this.log.brokenOff(report, cause);
    return new BrokenImportError(report, { noun: this.noun, lastLine: tally.lastLine }, cause);
  }
}

const sentenceOf = (
  { created, changed, unchanged }: ImportReport,
  noun: string,
  lastLine: number,
): string =>
  `Broke off after line ${lastLine}; ${created + changed + unchanged} ${noun} are in and stay. ` +
  'The whole file may be sent again.';
