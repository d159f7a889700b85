/** One system call of a process that was watched; `began` and `ended` are lines of the record. */
export interface SystemCall {
  readonly name: string;
  readonly text: string;
  readonly began: number;
  readonly ended: number;
}

/** Reads what `strace -f -o` wrote, where calls of several threads interrupt each other. */
export function systemCalls(record: string): SystemCall[] {
  const begun = new Map<string, { began: number; text: string }>();
  const calls: SystemCall[] = [];
  for (const [line, content] of record.split('\n').entries()) {
    const [, thread = '', rest = ''] = /^(\d+)\s+(.*)$/.exec(content) ?? [];
    if (rest.endsWith('<unfinished ...>')) {
      begun.set(thread, { began: line, text: rest.slice(0, -'<unfinished ...>'.length) });
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest);
    const { began, text } = (resumed && begun.get(thread)) ?? { began: line, text: '' };
    const whole = text + (resumed?.[1] ?? rest);
    const name = /^(\w+)\(/.exec(whole)?.[1];
    if (name !== undefined) calls.push({ name, text: whole, began, ended: line });
  }
  return calls;
}
