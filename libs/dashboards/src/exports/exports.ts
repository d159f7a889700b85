import { setImmediate as otherWork, setTimeout as pause } from 'node:timers/promises';
import type { ExportEventsQuery, ExportFormat } from '#libs/contracts';
import { Injectable } from '@nestjs/common';
import { hideFrom } from '../events/hide.js';
import { type DayRange, dayRangeOf, momentsOf } from '../ranges/day-range.js';
import type { ExportedEvents } from './exported-events.js';
import { ExportsLog } from './exports.log.js';
import { ExportsRepository } from './exports.repository.js';
import { spellingOf } from './spellings.js';

/** A page is spelt in so many turns, between which others have theirs. */
const EVENTS_A_TURN = 100;

/** Between two pages: whoever sends events has a part of the process, and of the database. */
const REST_MS = 2;

/** Who takes a file away. */
export interface Taker {
  readonly id: string | null;
  readonly readsPersonalData: boolean;
}

/** A file that is made as it is read. */
export interface EventsFile {
  readonly name: string;
  readonly pieces: AsyncGenerator<string, void>;
}

/** Gives out stored events as files, of whatever length, in constant memory. */
@Injectable()
export class Exports {
  constructor(
    private readonly repository: ExportsRepository,
    private readonly log: ExportsLog,
  ) {}

  /** @throws ContractBreachError for days that are none. */
  file<Row, View extends object>(
    exported: ExportedEvents<Row, View>,
    { from, to, ...question }: Omit<ExportEventsQuery, 'format'>,
    format: ExportFormat,
    taker: Taker,
    now: Date = new Date(),
  ): EventsFile {
    const range = dayRangeOf({ from, to }, now, Infinity);
    const name = `${exported.events.contract}-events-${range.from}-${range.to}.${format}`;
    return { name, pieces: this.pieces(exported, { question, range, format, taker }) };
  }

  private async *pieces<Row, View extends object>(
    exported: ExportedEvents<Row, View>,
    { question, range, format, taker }: Order,
  ): AsyncGenerator<string, void> {
    const { head, spell } = spellingOf(exported, format);
    const hide = hideFrom(taker.readsPersonalData);
    const run = { contract: exported.events.contract, format, from: range.from, to: range.to };
    let events = 0;
    let isComplete = false;
    try {
      let opening = head; // goes with the first events: what fails before is answered as a problem
      for await (const page of this.repository.pages(exported, momentsOf(range), question)) {
        for (const rows of inTurns(page)) {
          yield opening + spell(rows.map((row) => exported.events.viewOf(row, hide)));
          opening = '';
          events += rows.length;
          await otherWork();
        }
        await pause(REST_MS);
      }
      if (opening !== '') yield opening;
      isComplete = true;
    } finally {
      const by = { by: taker.id, withPersonalData: taker.readsPersonalData };
      this.log.ended({ ...run, ...by }, events, isComplete);
    }
  }
}

interface Order {
  readonly question: Readonly<Record<string, unknown>>;
  readonly range: DayRange;
  readonly format: ExportFormat;
  readonly taker: Taker;
}

function* inTurns<Row>(page: readonly Row[]): Generator<readonly Row[], void> {
  for (let first = 0; first < page.length; first += EVENTS_A_TURN) {
    yield page.slice(first, first + EVENTS_A_TURN);
  }
}
