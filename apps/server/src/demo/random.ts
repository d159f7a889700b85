import { createHash } from 'node:crypto';

const rotated = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

/**
 * Chance that can be repeated: xoshiro128**, begun from the SHA-256 of a name. The same name gives
 * the same sequence on every machine, and names that differ give sequences that have nothing to
 * do with one another, so that a part of the demo can grow without changing the others.
 */
export class Random {
  // Four fields rather than an array: a demo takes some millions of numbers.
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  constructor(name: string) {
    const digest = createHash('sha256').update(name).digest();
    this.a = digest.readInt32LE(0);
    this.b = digest.readInt32LE(4);
    this.c = digest.readInt32LE(8);
    this.d = digest.readInt32LE(12);
  }

  /** At least 0, less than 1. */
  next(): number {
    const { a, b } = this;
    const c = this.c ^ a;
    const d = this.d ^ b;
    this.a = a ^ d;
    this.b = b ^ c;
    this.c = c ^ (b << 9);
    this.d = rotated(d, 11);
    return (Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0) / 2 ** 32;
  }

  /** At least `least`, less than `most`. */
  between(least: number, most: number): number {
    return least + this.next() * (most - least);
  }

  /** A whole number, at least `least`, less than `most`. */
  whole(least: number, most: number): number {
    return Math.floor(this.between(least, most));
  }

  /** True so often. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of them, each as often. @throws RangeError when there is none. */
  pick<Value>(values: readonly Value[]): Value {
    return this.pickWeighted(values, () => 1);
  }

  /** One of them, as often as its weight says. @throws RangeError when there is none. */
  pickWeighted<Value>(values: readonly Value[], weightOf: (value: Value) => number): Value {
    if (values.length === 0) throw new RangeError('there is nothing to pick from');
    let left = this.next() * values.reduce((sum, value) => sum + weightOf(value), 0);
    return values.find((value) => (left -= weightOf(value)) < 0) ?? (values.at(-1) as Value);
  }

  /** In the form of a random UUID. */
  uuid(): string {
    const [a, b, c, d] = [this.hex(8), this.hex(4), this.hex(3), this.hex(3)];
    return `${a}-${b}-4${c}-a${d}-${this.hex(12)}`;
  }

  /** So many hexadecimal digits. */
  hex(digits: number): string {
    let text = '';
    while (text.length < digits) text += this.whole(0, 16).toString(16);
    return text;
  }
}
