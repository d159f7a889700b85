import type { OfferFileFormat } from '#libs/contracts';
import { type Breach, ContractBreachError, readObject } from '#libs/platform';
import { type CsvRecord, CsvRecords } from './csv-records.js';
import { bare } from './formulas.js';
import { type Line, Lines, TOO_LONG } from './lines.js';
import { OFFER_COLUMNS } from './offer-line.dto.js';

/** What a line of a file says: an object that is still to be judged, or why there is none. */
export type FileLine =
  | { readonly line: number; readonly value: object }
  | { readonly line: number; readonly breach: Breach };

interface Format {
  read(line: Line): Iterable<FileLine>;
  end(): Iterable<FileLine>;
}

const badLine = (line: number, reason: string): FileLine => ({
  line,
  breach: { field: 'line', reason },
});

/** Each line an object. Empty lines are none. */
class Ndjson implements Format {
  *read({ number, bytes }: Line): Generator<FileLine, void> {
    if (bytes === null) yield badLine(number, TOO_LONG);
    else if (!isBlank(bytes)) yield ofBytes(number, bytes);
  }

  end(): Iterable<FileLine> {
    return [];
  }
}

const isBlank = (bytes: Buffer): boolean => bytes.length <= 1 && bytes.toString().trim() === '';

function ofBytes(line: number, bytes: Buffer): FileLine {
  const { body, fault } = readObject(bytes);
  return fault ? badLine(line, fault.breach.reason) : { line, value: body };
}

/** The first line names the columns, in any order. */
class Csv implements Format {
  private readonly records = new CsvRecords();
  private columns: readonly string[] | null = null;

  *read(line: Line): Generator<FileLine, void> {
    yield* this.judged(this.records.read(line));
  }

  *end(): Generator<FileLine, void> {
    yield* this.judged(this.records.end());
    if (this.columns === null) throw headerBreach(`is missing: ${NAMED}`);
  }

  private *judged(records: Iterable<CsvRecord>): Generator<FileLine, void> {
    for (const record of records) {
      if (this.columns === null) this.columns = columnsOf(record);
      else if ('fault' in record) yield badLine(record.line, record.fault);
      else yield offerOf(record.line, record.cells, this.columns);
    }
  }
}

const NAMED = `the first line names the columns ${OFFER_COLUMNS.join(', ')}`;
const headerBreach = (reason: string): Error =>
  new ContractBreachError([{ field: 'header', reason }]);

/** @throws ContractBreachError: without its header, no line of a file means anything. */
function columnsOf(record: CsvRecord): readonly string[] {
  if ('fault' in record) throw headerBreach(record.fault);
  const columns = record.cells.map((cell) => cell.trim());
  const known: readonly string[] = OFFER_COLUMNS;
  const isRight = columns.length === known.length && known.every((each) => columns.includes(each));
  if (isRight) return columns;
  throw new ContractBreachError([
    ...known
      .filter((each) => !columns.includes(each))
      .map((field) => ({ field, reason: `is not in the header: ${NAMED}` })),
    ...columns
      .filter((each, at) => !known.includes(each) || columns.indexOf(each) !== at)
      .map((field) => ({
        field: field.slice(0, MOST_NAME),
        reason: known.includes(field) ? 'is in the header twice' : 'is no column of offers',
      })),
  ]);
}

const MOST_NAME = 200;

function offerOf(line: number, cells: readonly string[], columns: readonly string[]): FileLine {
  if (cells.length !== columns.length) {
    return badLine(line, `has ${cells.length} cells where the header has ${columns.length}`);
  }
  return { line, value: Object.fromEntries(columns.map((name, i) => [name, bare(cells[i]!)])) };
}

const FORMATS: Readonly<Record<OfferFileFormat, new () => Format>> = { csv: Csv, ndjson: Ndjson };

/**
 * The lines of a file, as its bytes come. Where the bytes break off, what may be half a line is
 * not given out.
 *
 * @throws ContractBreachError where the header is not the one of offers.
 */
export async function* fileLines(
  bytes: AsyncIterable<Buffer>,
  format: OfferFileFormat,
): AsyncGenerator<FileLine, void> {
  const lines = new Lines();
  const reader = new FORMATS[format]();
  for await (const chunk of bytes) {
    for (const line of lines.read(chunk)) yield* reader.read(line);
  }
  for (const line of lines.end()) yield* reader.read(line);
  yield* reader.end();
}
