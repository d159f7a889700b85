import type { OfferFileFormat } from '#libs/contracts';
import { type Breach, ContractBreachError, readObject } from '#libs/platform';
import { type CsvRecord, CsvRecords } from './csv-records.js';
import type { FileKind } from './file-kind.js';
import { bare } from './formulas.js';
import { type Line, Lines, TOO_LONG } from './lines.js';
import { Turns } from './turns.js';

/** What a line of a file says: an object that is still to be judged, or why there is none. */
export type FileLine =
  | { readonly line: number; readonly value: object }
  | { readonly line: number; readonly breach: Breach };

/** Of a file's kind, what CSV has to know. */
type Columns = Pick<FileKind<Record<string, unknown>>, 'noun' | 'required' | 'optional'>;

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

  constructor(private readonly known: Columns) {}

  *read(line: Line): Generator<FileLine, void> {
    yield* this.judged(this.records.read(line));
  }

  *end(): Generator<FileLine, void> {
    yield* this.judged(this.records.end());
    if (this.columns === null) throw headerBreach(`is missing: ${inWords(this.known)}`);
  }

  private *judged(records: Iterable<CsvRecord>): Generator<FileLine, void> {
    for (const record of records) {
      if (this.columns === null) this.columns = columnsOf(record, this.known);
      else if ('fault' in record) yield badLine(record.line, record.fault);
      else yield this.entryOf(record.line, record.cells, this.columns);
    }
  }

  private entryOf(line: number, cells: readonly string[], columns: readonly string[]): FileLine {
    if (cells.length !== columns.length) {
      return badLine(line, `has ${cells.length} cells where the header has ${columns.length}`);
    }
    const said = columns
      .map((column, i) => [column, bare(cells[i]!)] as const)
      .filter(([column, cell]) => cell.trim() !== '' || !this.known.optional.includes(column));
    return { line, value: Object.fromEntries(said) };
  }
}

const inWords = ({ required, optional }: Columns): string => {
  const more = optional.length > 0 ? `, and may name ${optional.join(', ')}` : '';
  return `the first line names the columns ${required.join(', ')}${more}`;
};

const headerBreach = (reason: string): Error =>
  new ContractBreachError([{ field: 'header', reason }]);

/** @throws ContractBreachError: without its header, no line of a file means anything. */
function columnsOf(record: CsvRecord, kind: Columns): readonly string[] {
  if ('fault' in record) throw headerBreach(record.fault);
  const columns = record.cells.map((cell) => cell.trim());
  const known = [...kind.required, ...kind.optional];
  const missing = kind.required.filter((each) => !columns.includes(each));
  const wrong = columns.filter((each, at) => !known.includes(each) || columns.indexOf(each) !== at);
  if (missing.length + wrong.length === 0) return columns;
  throw new ContractBreachError([
    ...missing.map((field) => ({ field, reason: `is not in the header: ${inWords(kind)}` })),
    ...wrong.map((field) => ({
      field: field.slice(0, MOST_NAME),
      reason: known.includes(field) ? 'is in the header twice' : `is no column of ${kind.noun}`,
    })),
  ]);
}

const MOST_NAME = 200;

const FORMATS: Readonly<Record<OfferFileFormat, new (columns: Columns) => Format>> = {
  csv: Csv,
  ndjson: Ndjson,
};

/**
 * The lines of a file, as its bytes come. Where the bytes break off, what may be half a line is
 * not given out. `reached` hears the number of every line, also of those that hold nothing; what
 * it throws ends the file.
 *
 * @throws ContractBreachError where the header is not the one of its kind.
 */
export async function* fileLines(
  bytes: AsyncIterable<Buffer>,
  format: OfferFileFormat,
  columns: Columns,
  reached: (line: number) => void,
): AsyncGenerator<FileLine, void> {
  const lines = new Lines();
  const reader = new FORMATS[format](columns);
  const turns = new Turns();
  for await (const chunk of bytes) {
    for (const line of lines.read(chunk)) {
      reached(line.number);
      yield* reader.read(line);
      if (turns.isOver) await turns.giveWay();
    }
  }
  for (const line of lines.end()) yield* reader.read(line);
  yield* reader.end();
}
