import { describe, expect, it } from '@jest/globals';
import { ContractBreachError } from '#libs/platform';
import { TimeZone } from './time-zone.js';

const spelt = (name: string, from: string, to = from): string[] => {
  const days = new TimeZone(name).daysOf({ from, to });
  return [...days.map(({ start }) => start), days.at(-1)!.end].map((ms) =>
    new Date(ms).toISOString().slice(0, 16),
  );
};

describe('the days of a time zone', () => {
  it.each([
    ['UTC', ['2026-01-01T00:00', '2026-01-02T00:00']],
    ['America/Sao_Paulo', ['2026-01-01T03:00', '2026-01-02T03:00']],
    ['Europe/Berlin', ['2025-12-31T23:00', '2026-01-01T23:00']],
    ['Pacific/Auckland', ['2025-12-31T11:00', '2026-01-01T11:00']],
    ['Etc/GMT+12', ['2026-01-01T12:00', '2026-01-02T12:00']],
  ])('begin where they begin there: %s', (name, moments) => {
    expect(spelt(name, '2026-01-01')).toEqual(moments);
  });

  it('are 23 hours long when clocks are put on, and 25 when they are put back', () => {
    expect(spelt('Europe/Berlin', '2026-03-29')).toEqual(['2026-03-28T23:00', '2026-03-29T22:00']);
    expect(spelt('Europe/Berlin', '2026-10-25')).toEqual(['2026-10-24T22:00', '2026-10-25T23:00']);
  });

  it('begin at one o’clock where midnight is left out, and once where it comes twice', () => {
    expect(spelt('America/Sao_Paulo', '2018-11-03', '2018-11-04')).toEqual([
      '2018-11-03T03:00',
      '2018-11-04T03:00',
      '2018-11-05T02:00',
    ]);
    expect(spelt('America/Sao_Paulo', '2018-02-17', '2018-02-18')).toEqual([
      '2018-02-17T02:00',
      '2018-02-18T03:00',
      '2018-02-19T03:00',
    ]);
  });

  it('are another one’s while it is tomorrow there', () => {
    const evening = new Date('2026-01-01T20:00:00Z');

    expect(new TimeZone('Asia/Tokyo').wallClock(evening)).toEqual(new Date('2026-01-02T05:00:00Z'));
  });

  it.each(['Asia/Kolkata', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/St_Johns'])(
    'are refused where they do not begin on a full hour: %s',
    (name) => {
      expect(() => spelt(name, '2026-07-01')).toThrow(ContractBreachError);
    },
  );

  it.each(['', 'Mars/Olympus', '+03:00', 'UTC+3', "UTC'; SELECT 1", 'America/'])(
    'are of no zone that nobody knows: %s',
    (name) => {
      expect(() => new TimeZone(name)).toThrow(ContractBreachError);
    },
  );
});
