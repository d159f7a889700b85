import { AnswerCount, AnswerDay, AnswerList, AnswerPart, AnswerText } from '../../answer-fields.js';
import { TextField } from '../../fields.js';
import { WholeNumberField } from '../../query-fields.js';
import { DashboardAnswer } from '../dashboard-answer.dto.js';
import { DayRangeQuery } from '../day-range.dto.js';

/** What can be asked about page views. */
export class PageViewsQuestion extends DayRangeQuery {
  @TextField({
    description: 'Lists only paths that begin so.',
    maxLength: 2048,
    optional: true,
  })
  readonly pathPrefix?: string;

  @WholeNumberField({
    description: 'How many paths are listed at most, those with the most views first.',
    minimum: 1,
    maximum: 100,
    default: 20,
    optional: true,
  })
  readonly limit: number = 20;
}

/** The filters of the question, as they were understood; null where there was none. */
export class PageViewsFilters {
  @AnswerText({
    description: 'What the listed paths begin with.',
    nullable: true,
    example: '/products/',
  })
  readonly pathPrefix: string | null;
}

/** How often something was viewed, and by how many. */
export class PageViewFigures {
  @AnswerCount({ description: '`PAGEVIEW` events. Repeated ones are facts of their own.' })
  readonly views: number;

  @AnswerCount({
    description:
      'Distinct `trackId`s: visitors, as well as the client knows them. Counted over all that the ' +
      'entry is about, each once: figures of days or paths do not add up to those of all.',
  })
  readonly visitors: number;

  @AnswerCount({ description: 'Distinct `sessionId`s, counted likewise.' })
  readonly sessions: number;
}

/** Views of a day. */
export class PageViewsOfDay extends PageViewFigures {
  @AnswerDay({ description: 'The day.', example: '2026-01-01' })
  readonly day: string;
}

/** Views of a path. */
export class PageViewsOfPath extends PageViewFigures {
  @AnswerText({
    description: 'The path as it was sent, but for what is personal in it: that is masked.',
    example: '/products/green-tea',
  })
  readonly path: string;
}

/** The paths that the filter lets through. */
export class MatchingPaths {
  @AnswerCount({ description: 'How many paths, those that are not listed among them.' })
  readonly paths: number;

  @AnswerCount({ description: 'Views of all of them together.' })
  readonly views: number;
}

/** Who viewed what. */
export class PageViews extends DashboardAnswer {
  @AnswerPart(PageViewsFilters, 'The filters of the question, as they were understood.')
  readonly filters: PageViewsFilters;

  @AnswerPart(PageViewFigures, 'All page views, whatever their path.')
  readonly total: PageViewFigures;

  @AnswerList(PageViewsOfDay, 'One entry for each day, the first one first; whatever the path.')
  readonly days: readonly PageViewsOfDay[];

  @AnswerPart(
    MatchingPaths,
    'Paths that `pathPrefix` lets through. Of a day the 1000 most viewed are told by their name; ' +
      'what lies beyond is in the total alone.',
  )
  readonly matching: MatchingPaths;

  @AnswerList(PageViewsOfPath, 'Paths, those with the most views first.')
  readonly paths: readonly PageViewsOfPath[];
}
