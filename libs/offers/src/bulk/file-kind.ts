import type { Type } from '@nestjs/common';

/** What a file holds, an entry a line. */
export interface FileKind<Line extends object> {
  /** One of its entries, in a sentence: `offer`. */
  readonly one: string;
  /** All of them: `offers`. */
  readonly noun: string;
  /** What a line is judged by: the path and the body of a PUT, together. */
  readonly dto: Type<Line>;
  /** Where one id comes twice, the last line holds. */
  readonly id: keyof Line & string;
  /** In CSV every one is a column. */
  readonly required: readonly (keyof Line & string)[];
  /** In CSV a column may be left out, and a cell of it empty: the entry has none. */
  readonly optional: readonly (keyof Line & string)[];
}
