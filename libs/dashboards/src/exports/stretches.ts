import type { Range } from '#libs/database';

/**
 * A range cut where partitions begin and end, in the order of time. So each stretch is read from
 * one partition, and what lies between them from DEFAULT.
 */
export function stretchesOf({ from, to }: Range, partitions: readonly Range[]): Range[] {
  const within = (edge: Date): boolean => edge > from && edge < to;
  const cuts = partitions
    .flatMap((partition) => [partition.from, partition.to])
    .filter(within)
    .map(Number);
  const edges = [...new Set([Number(from), ...cuts, Number(to)])].toSorted((a, b) => a - b);
  return edges.slice(1).map((end, i) => ({ from: new Date(edges[i]!), to: new Date(end) }));
}
