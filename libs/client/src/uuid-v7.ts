/**
 * An id of an event: UUID version 7, so that ids sort by the time at which they were made. Made by
 * `getRandomValues`, which pages without TLS have too, unlike `randomUUID`.
 */
export const uuidV7 = (now: number = Date.now()): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  const random = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const time = now.toString(16).padStart(12, '0');
  const variant = (((bytes[9] ?? 0) & 3) | 8).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(3, 6)}-${random.slice(6, 18)}`;
};
