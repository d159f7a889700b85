const FRACTION = /\.(\d+)/;
/** As most senders spell it, with no leap second and no hour 24. */
const PLAIN = /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/;
const WHOLE_SECONDS = 'YYYY-MM-DDTHH:MM:SS'.length;
const SECOND_MICROS = 1_000_000;

const MILLIS = Array.from({ length: 1000 }, (_, ms) => `.${String(ms).padStart(3, '0')}Z`);

/**
 * Spells moments as `toISOString` does, whose work it does once a second: events of a batch came
 * within few.
 */
export class MomentTexts {
  private second = Number.NaN;
  private text = '';

  /** @throws RangeError where `ms` is no time. */
  of(ms: number): string {
    const second = Math.floor(ms / 1000);
    if (second !== this.second) {
      this.text = new Date(second * 1000).toISOString().slice(0, -MILLIS[0]!.length);
      this.second = second;
    }
    return this.text + MILLIS[ms - second * 1000];
  }
}

/**
 * A time of the sender's, spelt one way, with microseconds, as PostgreSQL holds it: what is equal
 * there is equal here. Takes milliseconds, or RFC 3339 text that has passed its check.
 */
export function timeText(time: number | string): string {
  if (typeof time === 'number') return ofMillis(time);
  const plain = PLAIN.test(time) ? ofPlain(time) : null;
  if (plain !== null) return plain;
  const text = time.toUpperCase().replace(' ', 'T');
  const digits = FRACTION.exec(text)?.[1] ?? '';
  const seconds = Date.parse(text.replace(FRACTION, '').replace(/:60(?=[Z+-]|$)/, ':59'));
  const leap = /:60(?=[.Z+-])/.test(text) ? 1000 : 0; // PostgreSQL reads it as the next second
  const micros = Math.round(Number(`0.${digits || '0'}`) * SECOND_MICROS);
  const whole = new Date(seconds + leap + (micros === SECOND_MICROS ? 1000 : 0));
  const fraction = String(micros % SECOND_MICROS).padStart(6, '0');
  return whole.toISOString().replace(/\.\d{3}Z$/, `.${fraction}Z`);
}

const moments = new MomentTexts();

const ofMillis = (ms: number): string => `${moments.of(ms).slice(0, -1)}000Z`;

/** Only its fraction is spelt anew; null where that rounds up to the next second. */
function ofPlain(time: string): string | null {
  const micros = Math.round(Number(`0${time.slice(WHOLE_SECONDS, -1)}`) * SECOND_MICROS);
  if (micros === SECOND_MICROS) return null;
  return `${time.slice(0, WHOLE_SECONDS)}.${String(micros).padStart(6, '0')}Z`;
}
