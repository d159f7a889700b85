import { type CanActivate, Injectable, NotFoundException } from '@nestjs/common';

/**
 * Answers 404 to a request for an ingestion handler that came through Express: the door answers
 * its exact paths before Express sees them, so this one is an odd spelling and not a second way in.
 */
@Injectable()
export class OnlyAtTheDoor implements CanActivate {
  canActivate(): never {
    throw new NotFoundException();
  }
}
