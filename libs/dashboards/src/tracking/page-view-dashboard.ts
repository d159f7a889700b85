import type { PageViews, PageViewsQuestion } from '#libs/contracts';
import { Injectable } from '@nestjs/common';
import { masked } from '../personal-data.js';
import { dayRangeOf, viewOf } from '../ranges/day-range.js';
import { daysOf } from '../ranges/utc-days.js';
import { PageViewsRepository } from './page-views.repository.js';

/** Who views what. */
@Injectable()
export class PageViewDashboard {
  constructor(private readonly views: PageViewsRepository) {}

  /** @throws ContractBreachError for days that are none, or too many. */
  async answer(question: PageViewsQuestion, now: Date = new Date()): Promise<PageViews> {
    const range = dayRangeOf(question, now);
    const { pathPrefix = null } = question;
    const row = await this.views.ofDays(range, pathPrefix, question.limit);
    const byDay = new Map(row.days.map((each) => [each.day, each]));
    return {
      range: viewOf(range),
      filters: { pathPrefix },
      asOf: row.asOf.toISOString(),
      newestReceivedAt: row.newestReceivedAt?.toISOString() ?? null,
      total: row.total,
      days: daysOf(range).map(
        (day) => byDay.get(day) ?? { day, views: 0, visitors: 0, sessions: 0 },
      ),
      matching: row.matching,
      paths: row.paths.map((each) => ({ ...each, path: String(masked(each.path)) })),
    };
  }
}
