import { TextField } from '#libs/contracts';

/** The event that a path names, within the limits of every contract's ids. */
export class EventPath {
  @TextField({ description: 'The id, as the sender made it.', maxLength: 200, example: 'event-1' })
  readonly eventId: string;
}
