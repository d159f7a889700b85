import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parse } from 'yaml';
import { experiencedFootfall, lonelyFootfall, scraped } from '../support/experienced-footfall.js';
import type { Family } from '../support/exposition.js';
import type { TestFootfall } from '../support/footfall.js';
import { Page } from '../support/markdown.js';
import { PromqlCheck } from '../support/promql-check.js';

jest.setTimeout(60_000);

const ROOT = join(import.meta.dirname, '../..');
const PAGE = 'docs/operations.md';
const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity: string };
  readonly annotations: Readonly<Record<string, string>>;
}

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly datasource?: { readonly uid: string };
  readonly gridPos: {
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
  };
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}

interface Dashboard {
  readonly panels: readonly Panel[];
  readonly templating: {
    readonly list: readonly {
      readonly name: string;
      readonly type: string;
      readonly definition?: string;
    }[];
  };
}

describe('what an operator reads', () => {
  const page = new Page(PAGE);
  let footfall: TestFootfall;
  let lonely: TestFootfall;
  let families: Family[];
  let check: PromqlCheck;

  beforeAll(async () => {
    footfall = await experiencedFootfall();
    lonely = await lonelyFootfall();
    families = await scraped(footfall, lonely);
    check = new PromqlCheck(families);
  });
  afterAll(async () => {
    await lonely?.stop();
    await footfall?.stop();
  });

  describe('on the page', () => {
    it('is every metric of ours with its kind and labels, and none that is not there', () => {
      const shown = page.codeRows
        .filter(([name]) => name?.startsWith('footfall_'))
        .map(([name, kind, labels]) => `${name}: ${kind?.split(',')[0]} of ${labels}`);

      const real = families
        .filter(({ name }) => name.startsWith('footfall_'))
        .map(({ name, kind, labels }) => {
          const own = [...labels.keys()].filter((label) => label !== 'le');
          return `${name}: ${kind} of ${own.join(', ')}`;
        });
      expect(shown.toSorted()).toEqual(real.toSorted());
    });

    it('are figures that can be asked for as they are written', () => {
      const names = new Set(families.map(({ name }) => name));
      const asked = page.inlineCode.filter(
        (code) => /^(footfall|process|nodejs)_/.test(code) && !code.endsWith('…'),
      );

      const problems = asked.flatMap((code) => (names.has(code) ? [] : check.problems(code)));
      expect(asked.length).toBeGreaterThan(30);
      expect(problems).toEqual([]);
    });

    it('is every type of log line that is written, and none that is not', () => {
      const shown = page.codeRows
        .map(([name = '']) => name)
        .filter((name) => name === 'LOG' || /^[A-Z]+(_[A-Z]+)*$/.test(name));

      expect(shown.toSorted()).toEqual([...logTypes()].toSorted());
    });

    it('is every part that /readyz names', async () => {
      const { body } = await footfall.get('/readyz');

      const shown = page.codeRows.map(([name = '']) => name);
      const parts = Object.keys((body as { details: object }).details);
      expect(parts.filter((part) => !shown.includes(part))).toEqual([]);
    });

    it('are settings that exist', () => {
      const known = new Set([...settings().keys(), ...logTypes()]);
      const named = page.inlineCode
        .map((code) => /^([A-Z][A-Z_]{3,})(?:=.*)?$/.exec(code)?.[1])
        .filter((name) => name !== undefined);

      expect(named.length).toBeGreaterThan(30);
      expect(named.filter((name) => !known.has(name))).toEqual([]);
    });

    it('are links that lead somewhere', () => {
      expect(page.brokenLinks).toEqual([]);
    });
  });

  describe('as alerts', () => {
    const file = parse(textOf('docs/operations/prometheus-alerts.yml')) as {
      groups: { name: string; rules: Rule[] }[];
    };
    const rules = file.groups.flatMap((group) => group.rules);

    it.each(rules.map((rule) => [rule.alert, rule] as const))(
      'is %s, over figures that exist',
      (_name, { expr }) => {
        expect(check.problemsOfAlert(expr)).toEqual([]);
      },
    );

    it.each(rules.map((rule) => [rule.alert, rule] as const))(
      'is %s, which says what to do and where to read on',
      (_name, rule) => {
        const [path, anchor] = rule.annotations['runbook']?.split('#') ?? [];

        expect(['critical', 'warning']).toContain(rule.labels.severity);
        expect(rule.for ?? '1m').toMatch(/^\d+[mh]$/);
        expect(rule.annotations).toMatchObject({
          summary: expect.stringMatching(/\S/),
          description: expect.stringMatching(/\S/),
        });
        expect(path).toBe(PAGE);
        expect([...page.anchors]).toContain(anchor);
      },
    );

    it('are there once each, about the floor that is the default', () => {
      const floor = settings().get('EVENT_LOG_MIN_FREE_BYTES') ?? 'missing';

      expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
      expect(rules.filter(({ expr }) => expr.includes(floor)).length).toBe(2);
    });

    it('name labels in their words that their figures have', () => {
      const wrong = rules.flatMap(({ alert, expr, annotations }) =>
        [...JSON.stringify(annotations).matchAll(/\$labels\.(\w+)/g)]
          .map(([, label = '']) => label)
          .filter((label) => !survives(label, expr, families))
          .map((label) => `${alert}: ${label}`),
      );

      expect(wrong).toEqual([]);
    });
  });

  describe('as a dashboard', () => {
    const dashboard = JSON.parse(textOf('docs/operations/grafana-dashboard.json')) as Dashboard;
    const charts = dashboard.panels.filter(({ type }) => type !== 'row');

    it.each(charts.map((panel) => [panel.title, panel] as const))(
      'is the panel "%s", over figures that exist',
      (_title, { targets = [] }) => {
        const problems = targets.flatMap(({ expr }) => check.problems(asPrometheusSees(expr)));

        expect(targets.length).toBeGreaterThan(0);
        expect(problems).toEqual([]);
      },
    );

    it.each(charts.map((panel) => [panel.title, panel] as const))(
      'is the panel "%s", with a unit, a sentence, its source and legends',
      (_title, panel) => {
        const legends = (panel.targets ?? []).flatMap(({ expr, legendFormat }) =>
          [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)]
            .map(([, label = '']) => label)
            .filter((label) => !survives(label, asPrometheusSees(expr), families)),
        );

        expect(panel.description).toMatch(/\S/);
        expect(panel.fieldConfig?.defaults.unit).toMatch(/\S/);
        expect(panel.datasource?.uid).toBe('${datasource}');
        expect(legends).toEqual([]);
      },
    );

    it('has its rows, and no panel upon another', () => {
      const titles = dashboard.panels.filter(({ type }) => type === 'row').map((row) => row.title);
      const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
        Array.from({ length: w * h }, (_, i) => `${x + (i % w)},${y + Math.trunc(i / w)}`),
      );

      expect(titles).toEqual(
        expect.arrayContaining(['Doors', 'Event log', 'Writer', 'Reading and offers', 'Process']),
      );
      expect(new Set(cells).size).toBe(cells.length);
      expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
    });

    it('asks for its source, and for labels that exist', () => {
      const { list } = dashboard.templating;
      const problems = list.flatMap(({ name, definition }) => {
        const [, metric = '', label] =
          /^label_values\((\w+), (\w+)\)$/.exec(definition ?? '') ?? [];
        if (definition === undefined) return [];
        return [...check.problems(metric), ...(label === name ? [] : [`${name} is ${label}`])];
      });

      expect(list.map(({ type }) => type)).toContain('datasource');
      expect(problems).toEqual([]);
    });
  });
});

/** Grafana puts values for its own variables. */
const asPrometheusSees = (expr: string): string =>
  expr.replaceAll('$__rate_interval', '1m').replaceAll('$__range', '6h');

/** Whether a label can still be told of what the expression answers: it is grouped by, or never summed up. */
function survives(label: string, expr: string, families: readonly Family[]): boolean {
  const groupings = [...expr.matchAll(/\bby \(([^)]*)\)/g)].map(([, labels = '']) =>
    labels.split(',').map((each) => each.trim()),
  );
  if (groupings.length > 0) return groupings.every((labels) => labels.includes(label));
  if (/\b(?:sum|max|min|avg|count) ?\(/.test(expr)) return false;
  if (label === 'instance') return true;
  return families.some(({ series, labels }) => {
    return labels.has(label) && series.some((name) => expr.includes(name));
  });
}

function settings(): Map<string, string> {
  return new Map(
    [...textOf('.env.example').matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
}

/** As the sources spell them: every capital text in a `*.log.ts`, elsewhere the `type` of a line. */
function logTypes(): Set<string> {
  const types = new Set<string>();
  for (const room of ['libs', 'apps']) {
    for (const file of readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts') || file.endsWith('.spec.ts')) continue;
      const pattern = file.endsWith('.log.ts') ? /'([A-Z]+(?:_[A-Z]+)+)'/g : /\btype: '([A-Z_]+)'/g;
      for (const [, type = ''] of textOf(join(room, file)).matchAll(pattern)) types.add(type);
    }
  }
  return types;
}
