const FRACTION = /\.(\d+)/;

/**
 * A time of the sender's, spelt one way, with microseconds, as PostgreSQL holds it: what is equal
 * there is equal here. Takes milliseconds, or RFC 3339 text that has passed its check.
 */
export function timeText(time: number | string): string {
  if (typeof time === 'number') return new Date(time).toISOString().replace('Z', '000Z');
  const text = time.toUpperCase().replace(' ', 'T');
  const digits = FRACTION.exec(text)?.[1] ?? '';
  const seconds = Date.parse(text.replace(FRACTION, '').replace(/:60(?=[Z+-]|$)/, ':59'));
  const leap = /:60(?=[.Z+-])/.test(text) ? 1000 : 0; // PostgreSQL reads it as the next second
  const micros = Math.round(Number(`0.${digits || '0'}`) * 1_000_000);
  const whole = new Date(seconds + leap + (micros === 1_000_000 ? 1000 : 0));
  const fraction = String(micros % 1_000_000).padStart(6, '0');
  return whole.toISOString().replace(/\.\d{3}Z$/, `.${fraction}Z`);
}
