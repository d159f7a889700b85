import { describe, expect, it } from '@jest/globals';
import { FileImport } from './file-import.js';
import { OFFER_FILES } from './offer-line.dto.js';

const LINES = 2000;

describe('an import', () => {
  it('gives way to other work, however long its lines take to judge', async () => {
    const fields = Array.from({ length: 60 }, (_, i) => [`${i}${'x'.repeat(50)}`, 1]);
    const line = `${JSON.stringify(Object.fromEntries(fields))}\n`;
    const log = { imported: () => undefined, brokenOff: () => undefined };
    const batches = { put: () => Promise.reject(new Error('no line is good')) };
    const imports = new FileImport(OFFER_FILES, batches, log);
    let turns = 0;
    let isOver = false;
    const takeTurn = (): void => {
      turns += 1;
      if (!isOver) setImmediate(takeTurn);
    };
    takeTurn();

    const report = await imports.run(inOnePiece(line.repeat(LINES)), 'ndjson');
    isOver = true;

    expect(report.rejected).toBe(LINES);
    expect(turns).toBeGreaterThan(LINES / 50);
  });
});

async function* inOnePiece(file: string): AsyncGenerator<Buffer> {
  yield Buffer.from(file);
}
