import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import ts from 'typescript';

jest.setTimeout(60_000); // a whole compiler run

const ROOT = join(import.meta.dirname, '../../..');
const FILE = join(import.meta.dirname, 'imagined.ts');

/** What the compiler says of a file of this folder that has this text. */
function complaintsAbout(text: string): string[] {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) =>
    ts.sys.readFile(path),
  ) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, ROOT);
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, version, ...rest) =>
    name === FILE ? ts.createSourceFile(name, text, version) : read(name, version, ...rest);
  const program = ts.createProgram([FILE], { ...options, incremental: false, noEmit: true }, host);
  const found = program.getSemanticDiagnostics(program.getSourceFile(FILE));
  return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

const mirroring = (contract: string): string => `
  import type { CheckoutEventDto } from '#libs/contracts';
  import { CheckoutEventEntity } from './entities/checkout-event.entity.js';
  import type { Mirrors } from './mirrors.js';
  export class Table extends CheckoutEventEntity implements Mirrors<Omit<${contract}, 'timestamp'>> {}
`;

describe('an entity that mirrors its contract', () => {
  it('compiles while every field has its column', () => {
    expect(complaintsAbout(mirroring('CheckoutEventDto'))).toEqual([]);
  });

  it('does not compile once the contract has a field without a column', () => {
    const complaints = complaintsAbout(mirroring('CheckoutEventDto & { couponCode?: string }'));

    expect(complaints).toEqual([expect.stringContaining("Property 'couponCode' is missing")]);
  });
});
