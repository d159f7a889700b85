import type { EventFate } from '#libs/contracts';

/** Why an event is not in its table, and what to do: a sentence for whoever asks. */
const EXPLANATIONS: Record<EventFate, string | null> = {
  stored: null,
  waiting:
    'Its offer is not known. Put the offer, and the event is stored by itself within seconds.',
  conflict:
    'An event with this id and time, but other content, came first and is kept. ' +
    'The sender uses one id for two events.',
  rejected:
    'It was taken, but it is in no table of events and never will be by itself: PostgreSQL refuses ' +
    'its row, or too many others waited for their offer. The sender can do nothing about it.',
  refused: 'It was refused at the door, and the sender was told why. The sender has to be mended.',
};

export const explanationOf = (fate: EventFate): string | null => EXPLANATIONS[fate];
