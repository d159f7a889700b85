import { setFlagsFromString } from 'node:v8';

/**
 * Lets the heap grow by half between two collections, where V8 would let it grow several times.
 * Events live for a tenth of a second, long enough to be promoted: without it the garbage of
 * promoted events is most of the memory under load, and collecting it sooner costs nothing that
 * could be measured. The young generation is bounded where Node is started: V8 does not let that
 * be changed later.
 */
export const keepHeapSmall = (): void => setFlagsFromString('--heap-growing-percent=50');
