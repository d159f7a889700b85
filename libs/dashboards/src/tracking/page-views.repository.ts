import type { PageViewFigures, PageViews } from '#libs/contracts';
import { Database, prepared } from '#libs/database';
import { Injectable } from '@nestjs/common';
import type { DayRange } from '../ranges/day-range.js';
import { PAGE_VIEWS, PAGE_VIEWS_OF_PREFIX } from './page-views.sql.js';

/**
 * Sums over days, and prepared all the same: an index tells the rows of days, and one the rows of a
 * page, however many they are, so that there is nothing to choose by the days.
 */
const VIEWS = prepared(PAGE_VIEWS);
const VIEWS_OF_PREFIX = prepared(PAGE_VIEWS_OF_PREFIX);

export interface PageViewsRow extends Pick<PageViews, 'days' | 'matching' | 'paths'> {
  readonly asOf: Date;
  readonly newestReceivedAt: Date | null;
  readonly total: PageViewFigures;
}

@Injectable()
export class PageViewsRepository {
  constructor(private readonly database: Database) {}

  async ofDays(
    { from, to }: DayRange,
    pathPrefix: string | null,
    mostPaths: number,
  ): Promise<PageViewsRow> {
    const days = [from, to, mostPaths];
    const rows = await (pathPrefix === null
      ? this.database.query<PageViewsRow>(VIEWS, days)
      : this.database.query<PageViewsRow>(VIEWS_OF_PREFIX, [...days, pathPrefix]));
    return rows[0] as PageViewsRow;
  }
}
