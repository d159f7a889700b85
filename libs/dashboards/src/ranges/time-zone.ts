import { ContractBreachError } from '#libs/platform';
import { dayOf, daysAfter, daysOf } from './utc-days.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Names of the IANA database; offsets (`+03:00`), which programs read with opposite signs, are none. */
const NAME = /^[A-Za-z][\w+-]*(?:\/[\w+-]+)*$/;

/** As `GMT`, `GMT-03:00` or, before there were zones, `GMT-00:44:30`. */
const OFFSET = /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/;

/** The first moment of a day, and that of the next. */
export interface LocalDay {
  readonly day: string;
  readonly start: number;
  readonly end: number;
}

/** The days of a place, which are not always 24 hours long and do not always begin at midnight. */
export class TimeZone {
  private readonly format: Intl.DateTimeFormat;

  /** @throws ContractBreachError for a name that nobody knows. */
  constructor(readonly name: string) {
    try {
      if (!NAME.test(name)) throw new RangeError(name);
      this.format = new Intl.DateTimeFormat('en-US', {
        timeZone: name,
        timeZoneName: 'longOffset',
      });
    } catch {
      breach('must be a time zone of the IANA database, such as America/Sao_Paulo');
    }
  }

  /** A moment at which it is in UTC what it is there now. */
  wallClock(moment: Date): Date {
    return new Date(+moment + this.offset(+moment));
  }

  /**
   * Each day from the first to the last.
   *
   * @throws ContractBreachError where one does not begin on a full hour of UTC.
   */
  daysOf(range: { readonly from: string; readonly to: string }): LocalDay[] {
    const days = daysOf(range);
    const starts = [...days, daysAfter(range.to, 1)].map((day) => this.startOf(day));
    return days.map((day, index) => ({ day, start: starts[index]!, end: starts[index + 1]! }));
  }

  /** The first full hour that is of this day there: clocks are put on and back at night. */
  private startOf(day: string): number {
    const midnight = Date.parse(day);
    const candidates = [-DAY_MS, DAY_MS].map((ms) => midnight - this.offset(midnight + ms));
    if (candidates.some((start) => start % HOUR_MS !== 0)) {
      breach('must be one whose days begin on a full hour of UTC');
    }
    const latest = Math.max(...candidates);
    let start = Math.min(...candidates);
    while (start < latest && dayOf(this.wallClock(new Date(start))) < day) start += HOUR_MS;
    return start;
  }

  /** Milliseconds before UTC. */
  private offset(moment: number): number {
    const parts = this.format.formatToParts(moment);
    const spelt = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours = 0, minutes = 0, seconds = 0] = OFFSET.exec(spelt) ?? [];
    const ms = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
    return sign === '-' ? -ms : ms;
  }
}

function breach(reason: string): never {
  throw new ContractBreachError([{ field: 'timeZone', reason }]);
}
