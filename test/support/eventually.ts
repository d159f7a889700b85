/** Tries until `check` no longer throws: a condition is waited for, never a duration. */
export async function eventually(
  check: () => void | Promise<void>,
  withinMs = 3_000,
): Promise<void> {
  const until = Date.now() + withinMs;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
