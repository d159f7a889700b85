import type { Suppression } from './door.metrics.js';
import type { Receipt } from './receipt.js';

/** The signal for which an event was skipped, as the figures name it. */
export const suppressionOf = ({ privacySignal }: Receipt): Suppression => privacySignal ?? 'other';
