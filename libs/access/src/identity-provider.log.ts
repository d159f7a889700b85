import { Logger } from '@nestjs/common';

/** A line when the identity provider comes and when it goes, not one a try. */
export class IdentityProviderLog {
  private readonly logger = new Logger('access');
  private away = false;

  read(): void {
    this.away = false;
    this.logger.log({ type: 'IDENTITY_PROVIDER_READ' });
  }

  lost(error: unknown): void {
    if (this.away) return;
    this.away = true;
    this.logger.warn({ type: 'IDENTITY_PROVIDER_AWAY', error: reasonOf(error) });
  }
}

/** `fetch` says what failed only in the cause. */
const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error ? `${String(error)} (${cause.message})` : String(error);
};
