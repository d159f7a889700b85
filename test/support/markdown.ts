import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** A page of the documentation, as far as tests ask about it. */
export class Page {
  readonly text: string;

  constructor(private readonly path: string) {
    this.text = readFileSync(join(ROOT, path), 'utf8');
  }

  /** The rows of all tables whose first cell is code, as cells without their code marks. */
  get codeRows(): string[][] {
    return this.prose
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.slice(1, -1).split(' | ').map(withoutMarks));
  }

  /** What is marked as code within the text, outside of blocks. */
  get inlineCode(): string[] {
    return [...this.prose.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  }

  /** The anchors of its headings, as GitHub makes them. */
  get anchors(): Set<string> {
    const anchors = new Set<string>();
    for (const [, heading = ''] of this.prose.matchAll(/^#{1,6} (.+)$/gm)) {
      const slug = heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-');
      let anchor = slug;
      for (let i = 1; anchors.has(anchor); i++) anchor = `${slug}-${i}`;
      anchors.add(anchor);
    }
    return anchors;
  }

  /** Links into the repository that lead nowhere: a file or a heading that is not there. */
  get brokenLinks(): string[] {
    return [...this.prose.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^[a-z]+:/.test(target) && !this.leadsSomewhere(target));
  }

  private leadsSomewhere(target: string): boolean {
    const [file = '', anchor] = target.split('#');
    const path = file === '' ? this.path : join(dirname(this.path), file);
    if (!existsSync(resolve(ROOT, path))) return false;
    return anchor === undefined || new Page(path).anchors.has(anchor);
  }

  private get prose(): string {
    return this.text.replaceAll(/^```[\s\S]*?^```$/gm, '');
  }
}

const withoutMarks = (cell: string): string => cell.trim().replaceAll('`', '');
