/** What makes a spreadsheet run a cell, behind apostrophes of our own or of the value's. */
const FORMULA = /^'*[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]/;

/**
 * A cell that no spreadsheet takes for a formula: an apostrophe goes before it. The apostrophes
 * that a value itself has there get one more, so that `bare` finds the value again.
 */
export const inert = (value: string): string => (FORMULA.test(value) ? `'${value}` : value);

/** Undoes `inert`. */
export const bare = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
