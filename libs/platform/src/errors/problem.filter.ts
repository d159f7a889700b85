import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { Response } from 'express';
import { PartlyDoneError } from './partly-done.error.js';
import { problemOf } from './problem-document.js';

const RETRY_AFTER_SECONDS = 5;

/** Answers every error outside the doors as a problem document, and logs those that are ours. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const problem = problemOf(error);
    if (problem.status >= 500) {
      const { method, route } = host.switchToHttp().getRequest<{
        method: string;
        route?: { path: string };
      }>();
      const fault = error instanceof PartlyDoneError ? error.cause : error;
      const cause = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
      this.logger.error({ type: 'REQUEST_FAILED', method, route: route?.path, error: cause });
    }
    // Half an answer must not look like a whole one.
    if (response.headersSent) return void response.destroy();
    if (problem.status === 503) response.setHeader('Retry-After', RETRY_AFTER_SECONDS);
    response
      .status(problem.status)
      .contentType('application/problem+json')
      .send(JSON.stringify(problem));
  }
}
