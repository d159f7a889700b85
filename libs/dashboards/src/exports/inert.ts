/** What makes a spreadsheet run a cell; some cut off blanks first. */
const FORMULA = /^(?:[\t\r]|\s*[=+\-@\uff0b\uff0d\uff1d\uff20])/;

/** A cell that no spreadsheet takes for a formula: an apostrophe goes before it. */
export const inert = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);
