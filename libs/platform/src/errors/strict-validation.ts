import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { type Breach, ContractBreachError } from './contract-breach.error.js';

const breachesOf = (errors: readonly ValidationError[], parent = ''): Breach[] =>
  errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const field = parent + property;
    const reasons = Object.values(constraints);
    const own = reasons.length > 0 ? [{ field, reason: reasons[0] as string }] : [];
    return [...own, ...breachesOf(children, `${field}.`)];
  });

/** Administrative endpoints are strict: an unknown field or a misspelt filter is refused. */
export const strictValidation = (): ValidationPipe =>
  new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => new ContractBreachError(breachesOf(errors)),
  });
