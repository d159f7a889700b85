import { isWorthRetrying } from '../retry.js';
import type { Answer } from './transport.js';

/** `failed` is sent again; `apart` too, at once, and alone: the group as such was refused. */
export type Verdict = 'accepted' | 'rejected' | 'skipped' | 'failed' | 'apart';

interface Body {
  readonly tracked?: boolean;
  readonly reason?: string;
  readonly results?: readonly ({ readonly verdict?: Verdict } | null)[] | null;
}

const read = (text: string | undefined): Body => {
  try {
    return (JSON.parse(text ?? '') as Body | null) ?? {};
  } catch {
    return {};
  }
};

/** What a door's answer says of each event of a group; a group of one went to the single door. */
export const verdictsOf = ({ status, text }: Answer, count: number): readonly Verdict[] => {
  const each = (verdict: Verdict): Verdict[] => Array<Verdict>(count).fill(verdict);
  if (status >= 200 && status < 300) {
    if (count === 1) return [verdictOfOne(status, text)];
    const { results } = read(text);
    return each('failed').map((failed, i) => results?.[i]?.verdict ?? failed);
  }
  if (status < 400 || isWorthRetrying(status)) return each('failed');
  // Wrong credentials are wrong for each of them as well.
  return each(count === 1 || status === 401 || status === 403 ? 'rejected' : 'apart');
};

/** 202 without a word is "taken, not kept"; the analytics door says with it whether it was. */
const verdictOfOne = (status: number, text: string | undefined): Verdict => {
  if (status !== 202) return 'accepted';
  const { tracked, reason } = read(text);
  if (tracked) return 'accepted';
  return reason ? 'skipped' : 'failed';
};
