import { type ArgumentMetadata, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { type Breach, ContractBreachError } from './contract-breach.error.js';

const breachesOf = (errors: readonly ValidationError[], parent = ''): Breach[] =>
  errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const field = parent + property;
    const reasons = Object.values(constraints);
    const own = reasons.length > 0 ? [{ field, reason: reasons[0] as string }] : [];
    return [...own, ...breachesOf(children, `${field}.`)];
  });

/**
 * class-transformer leaves out fields that are named like what every object has, so that nobody
 * after it sees them.
 */
class StrictPipe extends ValidationPipe {
  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const inherited = metadata.type === 'custom' ? [] : inheritedFields(value);
    if (inherited.length === 0) return super.transform(value, metadata) as Promise<unknown>;
    const reason = 'is not a field of this request';
    throw new ContractBreachError(inherited.map((field) => ({ field, reason })));
  }
}

/** However deep they stand: a body's depth is bounded before anybody parses it. */
function inheritedFields(value: unknown, parent = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(name in Object.prototype ? [parent + name] : []),
    ...inheritedFields(inner, `${parent}${name}.`),
  ]);
}

/** Administrative endpoints are strict: an unknown field or a misspelt filter is refused. */
export const strictValidation = (): ValidationPipe =>
  new StrictPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => new ContractBreachError(breachesOf(errors)),
  });
