/** @throws the reason of `stop` as soon as that is aborted; the answer then is nobody's any more. */
export async function unlessStopped<Answer>(
  answer: Promise<Answer>,
  stop: AbortSignal,
): Promise<Answer> {
  let end = (): void => undefined;
  const stopped = new Promise<never>((_, reject) => {
    end = () => reject(stop.reason as Error);
  });
  stop.addEventListener('abort', end, { once: true });
  try {
    stop.throwIfAborted();
    return await Promise.race([answer, stopped]);
  } finally {
    stop.removeEventListener('abort', end);
  }
}
