import type { Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { isStorable } from '../storable.keyword.js';

/**
 * Whether a part of an event is what its class says. Such a part is written for others to read: a
 * malformed one is kept and flagged, never a reason to refuse the event.
 */
export function isWellFormed(part: unknown, of: Type<object>): boolean {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return false;
  return isStorable(part) && validateSync(plainToInstance(of, part)).length === 0;
}
