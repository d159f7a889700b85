/** Something that still has events to deliver. */
interface Holder {
  close(): Promise<void>;
}

const holders = new Set<Holder>();

// Closing has a deadline, and tells of what it could not deliver.
const closeAll = (): void => {
  for (const holder of holders) void holder.close();
};

/**
 * Closes whatever still holds events when the process has nothing else to do: a forgotten `close`
 * neither loses them without a word nor keeps the process for ever. Not heard by `process.exit`, nor
 * by a signal.
 */
export const exitGuard = {
  holds(holder: Holder): void {
    if (holders.size === 0) process.on('beforeExit', closeAll);
    holders.add(holder);
  },

  isEmpty(holder: Holder): void {
    holders.delete(holder);
    if (holders.size === 0) process.off('beforeExit', closeAll);
  },
};
