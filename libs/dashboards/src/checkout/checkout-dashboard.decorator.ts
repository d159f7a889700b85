import { ProblemDocument } from '#libs/platform';
import { applyDecorators, Get, type Type } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
} from '@nestjs/swagger';

/** How sessions count, in the words of every dashboard of theirs. */
const SESSIONS_COUNT =
  'A session is a `sessionId` at one offer. It counts on the day of its first event, with all that ' +
  'happened in it, on whatever day that was: so days add up. Days are days of UTC, both ends ' +
  'included; without them, the last 30 days. Sessions of sandboxes and developers alone are left ' +
  'out, and counted in `leftOut`, unless `traffic=all` is asked for. Late events reach the day of ' +
  'their session within seconds; `asOf` tells up to when what was stored is in the figures.';

const OWNERS =
  'A caller that is bound to a producer sees that producer alone; another’s does not exist for it.';

interface DashboardFacts<Answer extends object> {
  readonly path: string;
  readonly summary: string;
  /** How the figures are counted, beside how sessions do. */
  readonly description: string;
  readonly answer: Type<Answer>;
  readonly example: Answer;
}

/** A dashboard of checkout sessions, as a route and in the published document. */
export const SessionsDashboard = <Answer extends object>({
  description,
  ...facts
}: DashboardFacts<Answer>): MethodDecorator =>
  CheckoutDashboard({ ...facts, description: `${description}\n\n${SESSIONS_COUNT}` });

/** Any dashboard of checkouts. */
export const CheckoutDashboard = <Answer extends object>({
  path,
  summary,
  description,
  answer,
  example,
}: DashboardFacts<Answer>): MethodDecorator =>
  applyDecorators(
    Get(path),
    ApiOperation({ summary, description: `${description}\n\n${OWNERS}` }),
    // The days of the example events.
    ApiQuery({ name: 'from', required: false, example: '2026-01-01' }),
    ApiQuery({ name: 'to', required: false, example: '2026-01-30' }),
    ApiOkResponse({
      type: answer,
      description: 'The figures, with what they are about.',
      example,
    }),
    ApiBadRequestResponse({ type: ProblemDocument, description: 'The question breaks its rules.' }),
    ApiNotFoundResponse({ type: ProblemDocument, description: 'There is no such producer.' }),
  );
