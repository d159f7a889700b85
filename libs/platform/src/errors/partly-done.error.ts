/**
 * A long request that ended before its end, for the reason in `cause`, which decides the status.
 * What was done stays done: the message, for a person, and `done`, for a program, say how far it
 * came. Both become part of the problem document.
 */
export class PartlyDoneError extends Error {
  override readonly name = 'PartlyDoneError';

  constructor(
    message: string,
    readonly done: Readonly<Record<string, object>>,
    override readonly cause: unknown,
  ) {
    super(message, { cause });
  }
}
