import { DefaultNamingStrategy } from 'typeorm';

/** Columns are the snake_case of their property: `eventTimestamp` → `event_timestamp`. */
export class SnakeNaming extends DefaultNamingStrategy {
  override columnName(propertyName: string, customName: string, prefixes: string[]): string {
    return snakeCase([...prefixes, customName || propertyName].join('_'));
  }
}

/** The column that a property is stored in. */
export const snakeCase = (name: string): string =>
  name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
