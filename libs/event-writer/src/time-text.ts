const FRACTION = /\.(\d+)/;
/** As most senders spell it, with no leap second and no hour 24. */
const PLAIN = /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/;
const WHOLE_SECONDS = 'YYYY-MM-DDTHH:MM:SS'.length;
const SECOND_MICROS = 1_000_000;

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

let last = { ms: Number.NaN, text: '' };

/** Events of a batch came at one time: what was spelt last is often asked for again. */
function ofMillis(ms: number): string {
  if (ms !== last.ms) last = { ms, text: new Date(ms).toISOString().replace('Z', '000Z') };
  return last.text;
}

/** Only its fraction is spelt anew; null where that rounds up to the next second. */
function ofPlain(time: string): string | null {
  const micros = Math.round(Number(`0${time.slice(WHOLE_SECONDS, -1)}`) * SECOND_MICROS);
  if (micros === SECOND_MICROS) return null;
  return `${time.slice(0, WHOLE_SECONDS)}.${String(micros).padStart(6, '0')}Z`;
}
