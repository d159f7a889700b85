import type { Transaction } from '#libs/database';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Inserted, NewRowsRepository } from './new-rows.repository.js';
import { rawTable } from './raw-table.js';

const table = rawTable<{ id: string; at: Date }>({
  name: 'facts',
  types: { id: 'text', at: 'timestamptz' },
  key: ['id', 'at'],
  eventTime: 'at',
  sent: [],
});
const rowsOf = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ id: `${i}`, at: new Date(0) }));

/** Tells what was asked, and has stored what `repeated` says. */
class FakeTransaction implements Transaction {
  asked: string[] = [];
  repeated = false;

  async query<Row>(statement: string | { name: string }): Promise<Row[]> {
    const name = typeof statement === 'string' ? statement : statement.name;
    this.asked.push(name);
    const skipped = this.repeated ? [1] : [];
    const inserted: Inserted = { stored: 1, skipped, least: null, greatest: null };
    return [inserted as Row];
  }

  async copyIn(statement: string): Promise<void> {
    this.asked.push(statement.slice(0, 4));
    if (this.repeated) throw Object.assign(new Error('it is there'), { code: '23505' });
  }
}

describe('new rows', () => {
  let transaction: FakeTransaction;
  let newRows: NewRowsRepository;

  beforeEach(() => {
    transaction = new FakeTransaction();
    newRows = new NewRowsRepository();
  });

  const insert = (count: number) => newRows.insert(transaction, table, rowsOf(count));

  it('are copied where there are many', async () => {
    await insert(64);

    expect(transaction.asked).toContain('COPY');
    expect(transaction.asked).not.toContain('insert_facts');
  });

  it.each<[string, (second: number) => unknown]>([
    ['dates', (second) => new Date(Date.UTC(2026, 10, 22, 1, 5, second))],
    ['texts', (second) => `2026-11-22T01:05:${String(second).padStart(2, '0')}.000000Z`],
  ])('tell the bounds of their times, which are %s, and ask nobody', async (_, at) => {
    const rows = [7, 3, 59, ...Array.from({ length: 61 }, () => 30)].map((second, i) => ({
      id: `${i}`,
      at: at(second),
    }));

    const { least, greatest } = await newRows.insert(transaction, table, rows);

    expect([least, greatest].map((text) => Date.parse(text!))).toEqual([
      Date.UTC(2026, 10, 22, 1, 5, 3),
      Date.UTC(2026, 10, 22, 1, 5, 59),
    ]);
    expect(transaction.asked).toEqual(['SAVEPOINT before_copy', 'COPY']);
  });

  it('are inserted where there are few', async () => {
    await insert(63);

    expect(transaction.asked).toEqual(['insert_facts']);
  });

  it('are inserted after a copy that met a repeat, which leaves nothing behind', async () => {
    transaction.repeated = true;

    const { skipped } = await insert(64);

    expect(transaction.asked).toEqual([
      'SAVEPOINT before_copy',
      'COPY',
      'ROLLBACK TO SAVEPOINT before_copy',
      'insert_facts',
    ]);
    expect(skipped).toEqual([1]);
  });

  it('are not copied again at once after a repeat, but by and by', async () => {
    transaction.repeated = true;
    await insert(64);
    transaction.repeated = false;
    transaction.asked = [];

    for (let batch = 1; batch <= 17; batch++) await insert(64);

    expect(transaction.asked.filter((asked) => asked === 'insert_facts')).toHaveLength(16);
    expect(transaction.asked.filter((asked) => asked === 'COPY')).toHaveLength(1);
  });
});
