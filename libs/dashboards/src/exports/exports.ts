import { setImmediate as otherWork, setTimeout as pause } from 'node:timers/promises';
import type { ExportEventsQuery, ExportFormat } from '#libs/contracts';
import type { Caller } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { hideFrom } from '../events/hide.js';
import { dayRangeOf, momentsOf } from '../ranges/day-range.js';
import { ExportTrace, showsPersonalData, type Taking } from './export-trace.js';
import type { ExportedEvents } from './exported-events.js';
import { ExportsRepository } from './exports.repository.js';
import { spellingOf } from './spellings.js';

/** A page is spelt in so many turns, between which others have theirs. */
const EVENTS_A_TURN = 100;

/** Between two pages: whoever sends events has a part of the process, and of the database. */
const REST_MS = 2;

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
    private readonly trace: ExportTrace,
  ) {}

  /** @throws ContractBreachError for days that are none. */
  file<Row, View extends object>(
    exported: ExportedEvents<Row, View>,
    { from, to, ...question }: Omit<ExportEventsQuery, 'format'>,
    format: ExportFormat,
    caller: Caller,
    now: Date = new Date(),
  ): EventsFile {
    const range = dayRangeOf({ from, to }, now, Infinity);
    const { contract } = exported.events;
    const taking = { contract, format, from: range.from, to: range.to, question, caller };
    const name = `${contract}-events-${range.from}-${range.to}.${format}`;
    return { name, pieces: this.pieces(exported, taking, momentsOf(range)) };
  }

  private async *pieces<Row, View extends object>(
    exported: ExportedEvents<Row, View>,
    taking: Taking,
    moments: readonly [from: string, to: string],
  ): AsyncGenerator<string, void> {
    const { head, spell } = spellingOf(exported, taking.format);
    const hide = hideFrom(showsPersonalData(taking));
    let events = 0;
    let isComplete = false;
    await this.trace.begun(taking);
    try {
      let opening = head; // goes with the first events: what fails before is answered as a problem
      for await (const page of this.repository.pages(exported, moments, taking.question)) {
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
      await this.trace.ended(taking, events, isComplete);
    }
  }
}

function* inTurns<Row>(page: readonly Row[]): Generator<readonly Row[], void> {
  for (let first = 0; first < page.length; first += EVENTS_A_TURN) {
    yield page.slice(first, first + EVENTS_A_TURN);
  }
}
