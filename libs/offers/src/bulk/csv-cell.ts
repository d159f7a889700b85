import { inert } from './formulas.js';

const TO_BE_QUOTED = /[",\r\n]/;

/** A cell of RFC 4180 that no spreadsheet runs; in quotes only where it has to be. */
export function csvCell(value: string): string {
  const cell = inert(value);
  return TO_BE_QUOTED.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
