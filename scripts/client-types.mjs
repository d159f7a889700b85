// Writes libs/client/src/contract from libs/contracts/openapi.json: the client's types, the known
// event types and the texts of checkout events. With `--check` it only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { checkoutDescriptions, clientDocument, knownEventTypes } from './client-contract.mjs';
import { typesOf } from './client-types-text.mjs';

const FOLDER = 'libs/client/src/contract';
const HEADER = '// Generated from libs/contracts/openapi.json by `npm run client:types`.\n\n';

const published = JSON.parse(readFileSync('libs/contracts/openapi.json', 'utf8'));

const files = {
  'types.ts': await typesOf(clientDocument(published)),
  'event-types.ts': eventTypesOf(knownEventTypes(published)),
  'event-descriptions.ts': descriptionsOf(checkoutDescriptions(published)),
};

for (const [name, text] of Object.entries(files)) {
  const path = `${FOLDER}/${name}`;
  const formatted = await format(HEADER + text, { ...(await resolveConfig(path)), filepath: path });
  if (!process.argv.includes('--check')) writeFileSync(path, formatted);
  else if (readFileSync(path, 'utf8') !== formatted) {
    console.error(`${path} is not what is published: run "npm run client:types".`);
    process.exitCode = 1;
  }
}

function eventTypesOf(meanings) {
  return `
/** \`EVENT_TYPES.ASSET_VIEWED\` is \`asset_viewed\`. The list is open: other types are taken too. */
export const EVENT_TYPES = {
${Object.entries(meanings)
  .map(([value, meaning]) => `/** ${meaning} */\n${value.toUpperCase()}: '${value}',`)
  .join('\n')}
} as const;
`.trimStart();
}

function descriptionsOf(texts) {
  return `
import type { CheckoutEventName } from './types.js';

/** What is sent as \`eventDescription\`, where the page says nothing else. */
export const CHECKOUT_EVENT_DESCRIPTIONS: Readonly<Record<CheckoutEventName, string>> = ${JSON.stringify(texts)};
`.trimStart();
}
