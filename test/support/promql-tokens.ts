export interface Token {
  readonly kind: 'name' | 'number' | 'duration' | 'text' | 'sign' | 'end';
  readonly text: string;
  /** Where it begins, for messages. */
  readonly at: number;
}

/** In this order: `5m` is a duration before it is a number, `>=` a sign before `>` is one. */
const KINDS: readonly (readonly [Token['kind'], RegExp])[] = [
  ['duration', /(?:\d+(?:ms|[smhdwy]))+(?![\w.])/y],
  ['number', /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?!\w)/y],
  ['name', /[a-zA-Z_][\w:]*/y],
  ['text', /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/y],
  ['sign', /=~|!~|==|!=|>=|<=|[-+*/%^=<>(){}[\],:@]/y],
];

const BLANK = /(?:\s|#[^\n]*)*/y;

/** The words of an expression, with an `end` behind them. @throws at a character that has no place. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = skip(text, 0); at < text.length;) {
    const token = tokenAt(text, at);
    tokens.push(token);
    at = skip(text, at + token.text.length);
  }
  return [...tokens, { kind: 'end', text: 'the end', at: text.length }];
}

function skip(text: string, at: number): number {
  BLANK.lastIndex = at;
  BLANK.test(text);
  return BLANK.lastIndex;
}

function tokenAt(text: string, at: number): Token {
  for (const [kind, pattern] of KINDS) {
    pattern.lastIndex = at;
    const [found] = pattern.exec(text) ?? [];
    if (found !== undefined) return { kind, text: found, at };
  }
  throw new Error(`no place for ${text.slice(at, at + 10)} at ${at}`);
}
