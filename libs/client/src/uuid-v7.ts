let last = 0;
let count = 0;

/**
 * An id of an event: UUID version 7, so that ids sort in the order in which they were made, those of
 * one millisecond too: they count on from a random start. Made by `getRandomValues`, which pages
 * without TLS have too, unlike `randomUUID`.
 */
export const uuidV7 = (now: number = Date.now()): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  const random = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const time = now.toString(16).padStart(12, '0');
  count = now === last ? count + 1 : parseInt(random.slice(0, 3), 16) >> 1;
  last = now;
  const place = (count & 0xfff).toString(16).padStart(3, '0');
  const variant = (((bytes[9] ?? 0) & 3) | 8).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${place}-${variant}${random.slice(3, 6)}-${random.slice(6, 18)}`;
};
