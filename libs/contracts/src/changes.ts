/**
 * How many changes checks have made to bodies. A check is one call that nothing interrupts: it looks
 * before and after whether the body is still what was sent.
 */
export const changes = { made: 0 };
