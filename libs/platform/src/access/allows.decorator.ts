import { SetMetadata } from '@nestjs/common';

export const ALLOWS = 'footfall:allows';
export const PUBLIC = 'footfall:public';

/** The scope that a caller needs for this route. A route without it, or `@Public`, does not start. */
export const Allows = (scope: string): MethodDecorator & ClassDecorator =>
  SetMetadata(ALLOWS, scope);

/** Anybody may call this route; the reason is for the reader. */
export const Public = (reason: string): MethodDecorator & ClassDecorator =>
  SetMetadata(PUBLIC, reason);
