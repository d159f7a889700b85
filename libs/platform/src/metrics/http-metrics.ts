import type { NextFunction, Request, Response } from 'express';
import type { Metrics } from './metrics.js';

const BUCKETS = [0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Times every answer of Express by its route. The route is a pattern, so no id becomes a label. */
export function timeRequests(metrics: Metrics) {
  const durations = metrics.histogram(
    'http_server_request_duration_seconds',
    'How long answers outside the doors take.',
    BUCKETS,
    ['route', 'status'],
  );
  return (request: Request, response: Response, next: NextFunction): void => {
    const end = durations.startTimer();
    response.once('finish', () => {
      const route = (request.route as { path?: string } | undefined)?.path ?? '_OTHER';
      end({ route, status: String(response.statusCode) });
    });
    next();
  };
}
