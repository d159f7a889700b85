import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const README = join(import.meta.dirname, '../../libs/client/README.md');

/** An example of the client's README: a whole module, as a reader copies it. */
export interface Example {
  /** What a test is called after: its number and the heading above it. */
  readonly title: string;
  /** The name of its file. */
  readonly file: string;
  readonly code: string;
}

/** The examples below one heading, in their order. */
export function examplesUnder(heading: string): Example[] {
  const part = readFileSync(README, 'utf8')
    .split(/^## /m)
    .find((each) => each.startsWith(heading));
  if (part === undefined) throw new Error(`README has no part ${heading}`);
  return [...part.matchAll(/^```(ts|js)\n([\s\S]*?)^```$/gm)].map(
    ({ 1: language = '', 2: code = '', index: at }, index) => ({
      title: `${index + 1}, ${part.slice(0, at).split(/^### /m).at(-1)?.split('\n')[0]}`,
      file: `${heading.toLowerCase().replaceAll(' ', '-')}-${index + 1}.${language}`,
      code,
    }),
  );
}

/** With the places of a test instead of those that README names. */
export const placedAt = (
  code: string,
  { footfall, nats }: { readonly footfall: string; readonly nats?: string },
): string =>
  code
    .replaceAll('https://footfall.example.com', footfall)
    .replaceAll('nats://127.0.0.1:4222', nats ?? '');
