import { ValidateBy } from 'class-validator';
import { dayOf, instantOf } from './instant.js';

/**
 * Counts code points, as PostgreSQL's varchar and the published schema do. class-validator's own
 * MaxLength also leaves out variation selectors, and would let through what the table refuses.
 */
export const AtMostCharacters = (most: number): PropertyDecorator =>
  ValidateBy({
    name: 'atMostCharacters',
    validator: {
      validate: (value) => typeof value === 'string' && isAtMost(value, most),
      defaultMessage: (of) => `${of?.property} must be at most ${most} characters`,
    },
  });

/** Breaks for every value but undefined, which JSON cannot say. */
export const NeverSent = (): PropertyDecorator =>
  ValidateBy({
    name: 'neverSent',
    validator: {
      validate: (value) => value === undefined,
      defaultMessage: (of) => `${of?.property} must not be sent: the server resolves it`,
    },
  });

/** A text has at most as many code points as UTF-16 units, so a short one need not be counted. */
export const isAtMost = (text: string, most: number): boolean =>
  text.length <= most || [...text].length <= most;

export const IsInstant = (): PropertyDecorator =>
  ValidateBy({
    name: 'isInstant',
    validator: {
      validate: (value) => instantOf(value) !== null,
      defaultMessage: (of) =>
        `${of?.property} must be an ISO 8601 day, or a time with its zone, such as 2026-01-31T12:00:00Z`,
    },
  });

export const IsDay = (): PropertyDecorator =>
  ValidateBy({
    name: 'isDay',
    validator: {
      validate: (value) => dayOf(value) !== null,
      defaultMessage: (of) => `${of?.property} must be a day of UTC, such as 2026-01-31`,
    },
  });
