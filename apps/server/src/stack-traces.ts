import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';

/** Of what is built; the stack traces of packages are left as they are. */
const BUILT = new URL('../../../', import.meta.url).href;

/** Small, and few: of files in which something failed. */
const maps = new Map<string, SourceMap | null>();

/**
 * Lets stack traces of our own code name the lines of the sources, as `--enable-source-maps` does;
 * but a map is read when the first trace wants it. Node would keep all maps of all packages, with
 * the sources inside them: 20 MiB.
 */
export function showSourcesInStackTraces(): void {
  Error.prepareStackTrace = (error, sites) =>
    [headOf(error), ...sites.map((site) => `    at ${inSources(site)}`)].join('\n');
}

/** What is thrown may be anything that calls itself an error. */
function headOf(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}

/** V8 spells it as traces have it. */
interface Site extends NodeJS.CallSite {
  toString(): string;
}

/** The place as V8 spells it, in the source where that is known. */
function inSources(site: Site): string {
  const [file, line, column] = [site.getFileName(), site.getLineNumber(), site.getColumnNumber()];
  const built = site.toString();
  if (!file?.startsWith(BUILT) || line === null || column === null) return built;
  const source = mapOf(file)?.findEntry(line - 1, column - 1);
  if (source === undefined || !('originalSource' in source)) return built;
  const place = `${new URL(source.originalSource, file).href}:${source.originalLine + 1}:${source.originalColumn + 1}`;
  return built.replace(`${file}:${line}:${column}`, () => place);
}

/** Null where none can be read: a trace of what is built is better than none. */
function mapOf(file: string): SourceMap | null {
  const known = maps.get(file);
  if (known !== undefined) return known;
  const map = readMap(`${file}.map`);
  maps.set(file, map);
  return map;
}

function readMap(url: string): SourceMap | null {
  try {
    return new SourceMap(JSON.parse(readFileSync(new URL(url), 'utf8')) as SourceMapPayload);
  } catch {
    return null;
  }
}
