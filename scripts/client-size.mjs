// What the browser part costs a page: bundled with what it imports, minified and compressed, as
// sites serve it. Fails over a limit. Run `npm run client:build` first.
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { CLIENT } from './client-build.mjs';

const KB = 1000;

/** What a page imports, and the most that it may cost. */
const PAGES = [
  { imports: ['createCheckoutTracker'], most: 4 * KB },
  { imports: ['createCheckoutTracker', 'durableQueue'], most: 7 * KB },
  { imports: ['createTracker'], most: 4 * KB },
  { imports: ['createTracker', 'durableQueue'], most: 7 * KB },
  { imports: ['createTracker', 'EVENT_TYPES'] },
  { imports: ['createCheckoutTracker', 'createTracker', 'durableQueue', 'EVENT_TYPES'] },
];

async function bytesOf({ imports }) {
  const contents = `export { ${imports.join(', ')} } from './dist/browser/index.js';`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: CLIENT },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    write: false,
    logLevel: 'silent',
  });
  const [{ contents: code }] = outputFiles;
  return { minified: code.length, gzip: gzipSync(code, { level: 9 }).length };
}

const rows = await Promise.all(PAGES.map(async (page) => ({ ...page, ...(await bytesOf(page)) })));

for (const { imports, most, minified, gzip } of rows) {
  const limit = most === undefined ? '' : ` of ${most}`;
  console.log(
    `${`${gzip}${limit}`.padStart(12)} gzip ${`${minified}`.padStart(6)}  ${imports.join(', ')}`,
  );
}

const over = rows.filter(({ gzip, most = Infinity }) => gzip > most);
if (over.length > 0) {
  const names = over.map(({ imports }) => imports.join(' with '));
  console.error(`Larger than promised: ${names.join('; ')}.`);
  process.exitCode = 1;
}
