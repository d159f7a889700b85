import { readFileSync } from 'node:fs';

const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** How `npm start` runs Node, for what starts the build without npm. */
export const nodeFlags = scripts.start.match(/--\S+/g);
