export type Kind = 'counter' | 'gauge' | 'histogram' | 'summary';

/** One metric as a scrape shows it: its samples are gathered under its own name. */
export interface Family {
  readonly name: string;
  readonly kind: Kind;
  readonly help: string;
  /** The names of its series: a histogram has three, and none that is called like itself. */
  readonly series: readonly string[];
  /** Every label of its samples, with the values that were seen. `le` is among them. */
  readonly labels: ReadonlyMap<string, ReadonlySet<string>>;
}

const SUFFIXES: Readonly<Record<Kind, readonly string[]>> = {
  counter: [''],
  gauge: [''],
  histogram: ['_bucket', '_sum', '_count'],
  summary: ['', '_sum', '_count'],
};

interface Growing extends Family {
  readonly labels: Map<string, Set<string>>;
}

/** Reads what `/metrics` answers. @throws where a sample belongs to no declared metric. */
export function familiesOf(text: string): Family[] {
  const helps = new Map<string, string>();
  const families: Growing[] = [];
  const owners = new Map<string, Growing>();
  for (const line of text.split('\n')) {
    const [, word, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
    if (word === 'HELP') helps.set(name, rest);
    if (word === 'TYPE') {
      const family = declared(name, rest as Kind, helps.get(name));
      families.push(family);
      for (const series of family.series) owners.set(series, family);
    }
    if (line !== '' && !line.startsWith('#')) addSample(line, owners);
  }
  return families;
}

const declared = (name: string, kind: Kind, help = ''): Growing => ({
  name,
  kind,
  help,
  series: SUFFIXES[kind].map((suffix) => name + suffix),
  labels: new Map(),
});

function addSample(line: string, owners: ReadonlyMap<string, Growing>): void {
  const [, series = '', text = ''] = /^([\w:]+)(?:\{(.*)\})? \S+$/.exec(line) ?? [];
  const owner = owners.get(series);
  if (!owner) throw new Error(`A sample of no metric: ${line}`);
  for (const [, label = '', value = ''] of text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)) {
    const values = owner.labels.get(label) ?? new Set();
    owner.labels.set(label, values.add(value));
  }
}
