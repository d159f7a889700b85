// Adds to libs/contracts/contract-lock.json what libs/contracts/openapi.json newly publishes.
// Refuses to record what would break a sender. Run `npm run build` and `npm run openapi` first.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { contractChanges, extended } from '../dist/libs/contracts/src/lock/contract-changes.js';
import { lockOf } from '../dist/libs/contracts/src/lock/lock-of.js';

const file = (name) => new URL(`../libs/contracts/${name}`, import.meta.url);
const read = (name) => JSON.parse(readFileSync(file(name), 'utf8'));

const published = existsSync(file('contract-lock.json'))
  ? read('contract-lock.json')
  : { doors: {}, contracts: {} };
const current = lockOf(read('openapi.json'));
const { breaking, additions } = contractChanges(published, current);

if (breaking.length > 0) {
  console.error(`Not recorded, because it breaks senders:\n- ${breaking.join('\n- ')}`);
  process.exitCode = 1;
} else {
  const record = extended(published, current);
  writeFileSync(file('contract-lock.json'), `${JSON.stringify(record, null, 2)}\n`);
  console.log(additions.length > 0 ? `Recorded:\n- ${additions.join('\n- ')}` : 'Nothing is new.');
}
