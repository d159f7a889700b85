import { type Token, tokensOf } from './promql-tokens.js';

export interface Matcher {
  readonly label: string;
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

export interface Selector {
  readonly kind: 'selector';
  readonly name: string;
  readonly matchers: readonly Matcher[];
}

export interface Aggregation {
  readonly kind: 'aggregation';
  readonly operator: string;
  readonly keep: 'by' | 'without' | 'nothing';
  readonly labels: readonly string[];
  readonly parameters: readonly Expression[];
}

export interface Call {
  readonly kind: 'call';
  readonly name: string;
  readonly parameters: readonly Expression[];
}

export interface Operation {
  readonly kind: 'operation';
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
  /** A comparison that answers 0 or 1 instead of leaving out. */
  readonly isBool: boolean;
  /** Of `on`, `ignoring`, `group_left` and `group_right`. */
  readonly labels: readonly string[];
}

export type Expression =
  | Selector
  | Aggregation
  | Call
  | Operation
  | { readonly kind: 'range'; readonly of: Expression; readonly isSubquery: boolean }
  | { readonly kind: 'number' | 'text' };

export const AGGREGATIONS: ReadonlySet<string> = new Set(
  'sum min max avg group stddev stdvar count count_values bottomk topk quantile'.split(' '),
);
export const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '>', '<', '>=', '<=']);
export const SET_OPERATORS: ReadonlySet<string> = new Set(['and', 'or', 'unless']);

/** How tightly operators bind, loosest first. */
const PRECEDENCE: readonly ReadonlySet<string>[] = [
  new Set(['or']),
  new Set(['and', 'unless']),
  COMPARISONS,
  new Set(['+', '-']),
  new Set(['*', '/', '%', 'atan2']),
];

/**
 * Reads an expression of Prometheus' language, as far as rules and dashboards use it. Whether its
 * names mean anything is another question. @throws where it is no expression.
 */
export const parsePromql = (text: string): Expression => new Parser(tokensOf(text)).whole();

class Parser {
  private position = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Expression {
    const expression = this.operation(0);
    if (this.next.kind !== 'end') this.fail('an operator');
    return expression;
  }

  private operation(level: number): Expression {
    const operators = PRECEDENCE[level];
    if (!operators) return this.unary();
    let left = this.operation(level + 1);
    while (operators.has(this.next.text)) {
      const operator = this.take().text;
      const isBool = COMPARISONS.has(operator) && this.accept('bool');
      const labels = this.matching();
      const right = this.operation(level + 1);
      left = { kind: 'operation', operator, left, right, labels, isBool };
    }
    return left;
  }

  private matching(): string[] {
    const labels: string[] = [];
    if (this.accept('on') || this.accept('ignoring')) labels.push(...this.labels());
    if (this.accept('group_left') || this.accept('group_right')) {
      if (this.next.text === '(') labels.push(...this.labels());
    }
    return labels;
  }

  private unary(): Expression {
    if (this.accept('-') || this.accept('+')) return this.unary();
    const base = this.modified(this.primary());
    if (!this.accept('^')) return base;
    const labels = this.matching();
    const right = this.unary();
    return { kind: 'operation', operator: '^', left: base, right, labels, isBool: false };
  }

  private modified(expression: Expression): Expression {
    if (this.accept('[')) return this.modified(this.range(expression));
    if (!this.accept('offset')) return expression;
    this.accept('-');
    this.expect('duration');
    return this.modified(expression);
  }

  private range(of: Expression): Expression {
    this.expect('duration');
    const isSubquery = this.accept(':');
    if (isSubquery && this.next.kind === 'duration') this.take();
    if (!isSubquery && of.kind !== 'selector') this.fail('a subquery, since this is no selector,');
    this.expect('sign', ']');
    return { kind: 'range', of, isSubquery };
  }

  private primary(): Expression {
    const token = this.take();
    if (token.kind === 'number' || token.kind === 'text') return { kind: token.kind };
    if (token.text === '(') {
      const inside = this.operation(0);
      this.expect('sign', ')');
      return inside;
    }
    if (token.kind !== 'name') return this.fail('an expression', token);
    if (AGGREGATIONS.has(token.text)) return this.aggregation(token.text);
    if (this.next.text === '(') {
      return { kind: 'call', name: token.text, parameters: this.parameters() };
    }
    return { kind: 'selector', name: token.text, matchers: this.matchers() };
  }

  /** The labels stand before the parameters or behind them. */
  private aggregation(operator: string): Aggregation {
    const before = this.grouping();
    const parameters = this.parameters();
    const { keep, labels } = before ?? this.grouping() ?? { keep: 'nothing', labels: [] };
    return { kind: 'aggregation', operator, keep, labels, parameters };
  }

  private grouping(): Pick<Aggregation, 'keep' | 'labels'> | null {
    if (this.accept('by')) return { keep: 'by', labels: this.labels() };
    if (this.accept('without')) return { keep: 'without', labels: this.labels() };
    return null;
  }

  private parameters(): Expression[] {
    return this.list('(', ')', () => this.operation(0));
  }

  private labels(): string[] {
    return this.list('(', ')', () => this.expect('name').text);
  }

  private matchers(): Matcher[] {
    return this.next.text === '{' ? this.list('{', '}', () => this.matcher()) : [];
  }

  private matcher(): Matcher {
    const label = this.expect('name').text;
    const operator = this.take().text as Matcher['operator'];
    if (!['=', '!=', '=~', '!~'].includes(operator)) this.fail('a matcher');
    return { label, operator, value: this.expect('text').text.slice(1, -1) };
  }

  private list<Item>(open: string, close: string, item: () => Item): Item[] {
    this.expect('sign', open);
    const items: Item[] = [];
    while (this.next.text !== close) {
      items.push(item());
      if (!this.accept(',')) break;
    }
    this.expect('sign', close);
    return items;
  }

  private get next(): Token {
    return this.tokens[this.position] as Token;
  }

  private take(): Token {
    const token = this.next;
    if (token.kind !== 'end') this.position += 1;
    return token;
  }

  private accept(text: string): boolean {
    if (this.next.text !== text) return false;
    this.take();
    return true;
  }

  private expect(kind: Token['kind'], text?: string): Token {
    const token = this.take();
    if (token.kind !== kind || (text !== undefined && token.text !== text)) {
      this.fail(text ?? `a ${kind}`, token);
    }
    return token;
  }

  private fail(wanted: string, { text, at }: Token = this.next): never {
    throw new Error(`${wanted} is missing before ${text} at ${at}`);
  }
}
