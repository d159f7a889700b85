import type { Family, Kind } from './exposition.js';
import {
  type Aggregation,
  type Call,
  COMPARISONS,
  type Expression,
  type Operation,
  parsePromql,
  type Selector,
  SET_OPERATORS,
} from './promql.js';

/** What Prometheus itself puts on every series, and the series that it makes of a target. */
const TARGET_LABELS: ReadonlySet<string> = new Set(['job', 'instance']);
const OF_PROMETHEUS: readonly Family[] = [
  { name: 'up', kind: 'gauge', help: '', series: ['up'], labels: new Map() },
];

type Type = 'scalar' | 'vector' | 'range' | 'text';

interface Signature {
  readonly takes: readonly Type[];
  readonly gives: Type;
  /** Kinds of metrics that it makes sense of; absent for all. */
  readonly of?: readonly Kind[];
}

const COUNTERS: readonly Kind[] = ['counter', 'histogram', 'summary'];
const overCounters: Signature = { takes: ['range'], gives: 'vector', of: COUNTERS };
const overGauges: Signature = { takes: ['range'], gives: 'vector', of: ['gauge'] };
const overTime: Signature = { takes: ['range'], gives: 'vector' };
const perSample: Signature = { takes: ['vector'], gives: 'vector' };

/** The functions that rules and dashboards here may use: one more is one more line. */
const FUNCTIONS: ReadonlyMap<string, Signature> = new Map<string, Signature>([
  ['rate', overCounters],
  ['irate', overCounters],
  ['increase', overCounters],
  ['resets', overCounters],
  ['delta', overGauges],
  ['deriv', overGauges],
  ['predict_linear', { takes: ['range', 'scalar'], gives: 'vector', of: ['gauge'] }],
  ['avg_over_time', overTime],
  ['max_over_time', overTime],
  ['min_over_time', overTime],
  ['sum_over_time', overTime],
  ['count_over_time', overTime],
  ['changes', overTime],
  ['absent', perSample],
  ['abs', perSample],
  ['sort', perSample],
  ['sort_desc', perSample],
  ['clamp_min', { takes: ['vector', 'scalar'], gives: 'vector' }],
  ['clamp_max', { takes: ['vector', 'scalar'], gives: 'vector' }],
  ['histogram_quantile', { takes: ['scalar', 'vector'], gives: 'vector' }],
  ['scalar', { takes: ['vector'], gives: 'scalar' }],
  ['vector', { takes: ['scalar'], gives: 'vector' }],
  ['time', { takes: [], gives: 'scalar' }],
]);

/** Aggregations with a parameter of their own before the vector. */
const PARAMETER: ReadonlyMap<string, Type> = new Map<string, Type>([
  ['topk', 'scalar'],
  ['bottomk', 'scalar'],
  ['quantile', 'scalar'],
  ['count_values', 'text'],
]);

/**
 * Checks expressions against what a process really shows: a figure that was renamed makes an alert
 * that never fires, and nothing else would say so.
 */
export class PromqlCheck {
  private readonly series: ReadonlyMap<string, Family>;

  constructor(families: readonly Family[]) {
    this.series = new Map(
      [...families, ...OF_PROMETHEUS].flatMap((family) =>
        family.series.map((name) => [name, family] as const),
      ),
    );
  }

  /** What is wrong with an expression; empty where nothing is. */
  problems(text: string): string[] {
    return this.read(text, (expression, inspection) => {
      if (inspection.typeOf(expression) === 'range') inspection.say('ends in a range');
    });
  }

  /** An alert must be able to be silent too: something in it compares, or asks for absence. */
  problemsOfAlert(text: string): string[] {
    return this.read(text, (expression, inspection) => {
      if (inspection.typeOf(expression) !== 'vector') inspection.say('is no vector');
      if (!maybeSilent(expression)) inspection.say('always fires');
    });
  }

  private read(
    text: string,
    look: (expression: Expression, inspection: Inspection) => void,
  ): string[] {
    const inspection = new Inspection(this.series);
    try {
      look(parsePromql(text), inspection);
    } catch (error) {
      inspection.say((error as Error).message);
    }
    return inspection.problems;
  }
}

function maybeSilent(expression: Expression): boolean {
  if (expression.kind === 'call') {
    return expression.name === 'absent' || expression.parameters.some(maybeSilent);
  }
  if (expression.kind !== 'operation') return false;
  const { operator, left, right, isBool } = expression;
  if (COMPARISONS.has(operator) && !isBool) return true;
  if (operator === 'or') return maybeSilent(left) && maybeSilent(right);
  return maybeSilent(left) || (SET_OPERATORS.has(operator) && maybeSilent(right));
}

/** One walk through one expression. */
class Inspection {
  readonly problems: string[] = [];

  constructor(private readonly series: ReadonlyMap<string, Family>) {}

  say(problem: string): void {
    this.problems.push(problem);
  }

  typeOf(expression: Expression): Type {
    switch (expression.kind) {
      case 'number':
        return 'scalar';
      case 'text':
        return 'text';
      case 'selector':
        this.look(expression);
        return 'vector';
      case 'range':
        this.expect(expression.of, 'vector', 'a range');
        return 'range';
      case 'aggregation':
        return this.aggregated(expression);
      case 'call':
        return this.called(expression);
      default:
        return this.operated(expression);
    }
  }

  private expect(expression: Expression, wanted: Type, who: string): void {
    const type = this.typeOf(expression);
    if (type !== wanted) this.say(`${who} wants a ${wanted}, not a ${type}`);
  }

  private look({ name, matchers }: Selector): void {
    const family = this.series.get(name);
    if (!family) {
      this.say(`there is no series ${name}`);
      return;
    }
    for (const { label, operator, value } of matchers) {
      if (TARGET_LABELS.has(label)) continue;
      const seen = family.labels.get(label);
      if (!hasLabel(family, name, label) || !seen) {
        this.say(`${name} has no label ${label}`);
      } else if (!value.includes('$')) {
        const values = operator.includes('~') ? value.split('|') : [value];
        for (const each of values) if (!fits(each, seen)) this.say(`no ${label} is ${each}`);
      }
    }
  }

  private aggregated({ operator, keep, labels, parameters }: Aggregation): Type {
    const own = PARAMETER.get(operator);
    const wanted: Type[] = own ? [own, 'vector'] : ['vector'];
    this.expectAll(operator, parameters, wanted);
    if (keep !== 'nothing') this.lookAt(labels, parameters, `${keep} of ${operator}`);
    return 'vector';
  }

  private called({ name, parameters }: Call): Type {
    const signature = FUNCTIONS.get(name);
    if (!signature) {
      this.say(`the function ${name} is not known here`);
      return 'vector';
    }
    this.expectAll(name, parameters, signature.takes);
    for (const { family, name: series } of this.selectorsIn(parameters)) {
      if (signature.of && !signature.of.includes(family.kind)) {
        this.say(`${name} makes no sense of the ${family.kind} ${series}`);
      }
    }
    if (name === 'histogram_quantile') this.lookAtBuckets(parameters[1]);
    return signature.gives;
  }

  private operated({ operator, left, right, labels }: Operation): Type {
    const types = [left, right].map((side) => this.typeOf(side));
    for (const type of types) {
      if (type === 'range' || type === 'text') this.say(`${operator} wants no ${type}`);
    }
    this.lookAt(labels, [left, right], `matching of ${operator}`);
    if (SET_OPERATORS.has(operator) && types.includes('scalar')) {
      this.say(`${operator} wants vectors`);
    }
    return types.every((type) => type === 'scalar') ? 'scalar' : 'vector';
  }

  private expectAll(name: string, given: readonly Expression[], wanted: readonly Type[]): void {
    if (given.length !== wanted.length) {
      this.say(`${name} takes ${wanted.length} parameters, not ${given.length}`);
    }
    for (const [i, type] of wanted.entries()) {
      const parameter = given[i];
      if (parameter) this.expect(parameter, type, name);
    }
  }

  /** Each label is one of every series below: a sum by a label that is nowhere is a plain sum. */
  private lookAt(labels: readonly string[], below: readonly Expression[], where: string): void {
    for (const { family, name } of this.selectorsIn(below)) {
      for (const label of labels) {
        if (TARGET_LABELS.has(label) || hasLabel(family, name, label)) continue;
        this.say(`${where}: ${name} has no label ${label}`);
      }
    }
  }

  private lookAtBuckets(expression: Expression | undefined): void {
    if (!expression) return;
    if (!keepsLe(expression)) this.say('histogram_quantile needs le');
    for (const { name } of this.selectorsIn([expression])) {
      if (!name.endsWith('_bucket')) this.say(`histogram_quantile makes no sense of ${name}`);
    }
  }

  private selectorsIn(expressions: readonly Expression[]): { family: Family; name: string }[] {
    return expressions.flatMap(selectors).flatMap(({ name }) => {
      const family = this.series.get(name);
      return family ? [{ family, name }] : [];
    });
  }
}

/** Only the buckets of a histogram bear `le`. */
const hasLabel = ({ labels }: Family, series: string, label: string): boolean =>
  labels.has(label) && (label !== 'le' || series.endsWith('_bucket'));

/** A value, or a pattern that one of those seen fits. */
function fits(value: string, seen: ReadonlySet<string>): boolean {
  if (seen.has(value)) return true;
  const pattern = new RegExp(`^(?:${value})$`);
  return /[.*+?[\]]/.test(value) && [...seen].some((each) => pattern.test(each));
}

function keepsLe(expression: Expression): boolean {
  if (expression.kind === 'call') return expression.parameters.every(keepsLe);
  if (expression.kind !== 'aggregation') return true;
  const { keep, labels, parameters } = expression;
  const keeps =
    keep === 'by' ? labels.includes('le') : keep === 'without' && !labels.includes('le');
  return keeps && parameters.every(keepsLe);
}

function selectors(expression: Expression): Selector[] {
  switch (expression.kind) {
    case 'selector':
      return [expression];
    case 'range':
      return selectors(expression.of);
    case 'aggregation':
    case 'call':
      return expression.parameters.flatMap(selectors);
    case 'operation':
      return [expression.left, expression.right].flatMap(selectors);
    default:
      return [];
  }
}
