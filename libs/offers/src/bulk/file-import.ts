import type { ImportReport, OfferFileFormat } from '#libs/contracts';
import { ContractBreachError, PartlyDoneError, strictValidation } from '#libs/platform';
import { countOf } from './count-of.js';
import type { FileKind } from './file-kind.js';
import { type FileLine, fileLines } from './file-lines.js';
import { ImportTally, type Written } from './import-tally.js';

const BATCH = 1000;
const LINES_BETWEEN_LOOKS = 200;
/** A few packed megabytes may be as much work as an hour has: no file that is meant begins so. */
const MOST_LINES_IN_VAIN = 100_000;

const validation = strictValidation();

type Words = Pick<FileKind<object>, 'one' | 'noun'>;

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
    words: Words,
    lastLine: number,
    cause: unknown,
  ) {
    super(sentenceOf(report, words, lastLine), { report }, cause);
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
   * Every good line goes in, whatever the bad ones do, until too many in a row are none. `watch`
   * hears how many lines are read.
   *
   * @throws ContractBreachError where the header is at fault: nothing was taken.
   * @throws BrokenImportError where the bytes or the database break off, or it gave up.
   */
  async run(
    bytes: AsyncIterable<Buffer>,
    format: OfferFileFormat,
    watch: (read: number) => void = () => undefined,
  ): Promise<ImportReport> {
    const tally = new ImportTally();
    const pending = new Map<unknown, Line>();
    try {
      for await (const line of fileLines(bytes, format, this.kind, giveUpIn(tally))) {
        await this.take(line, pending, tally);
        if (pending.size === BATCH) await this.write(pending, tally);
        if (tally.read % LINES_BETWEEN_LOOKS === 0) watch(tally.read);
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
      tally.countGood(line);
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
    return new BrokenImportError(report, this.kind, tally.lastLine, cause);
  }
}

/** Ends a file of which nothing good is to be expected any more. */
const giveUpIn =
  (tally: ImportTally) =>
  (line: number): void => {
    if (line - tally.lastGoodLine <= MOST_LINES_IN_VAIN) return;
    const reason = `${MOST_LINES_IN_VAIN} lines in a row hold nothing good: the rest is not read`;
    throw new ContractBreachError([{ field: 'line', reason }]);
  };

function sentenceOf(
  { created, changed, unchanged }: ImportReport,
  { one, noun }: Words,
  lastLine: number,
): string {
  const count = created + changed + unchanged;
  const stay = count === 1 ? 'is in and stays' : 'are in and stay';
  const taken = `${countOf(count, one, noun)} ${stay}`;
  return `Broke off after line ${lastLine}; ${taken}. The whole file may be sent again.`;
}
