import type { PageViewFigures, PageViews } from '#libs/contracts';
import { Database } from '#libs/database';
import { Injectable } from '@nestjs/common';
import type { DayRange } from '../ranges/day-range.js';
import { PAGE_VIEWS } from './page-views.sql.js';

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
    const values = [from, to, pathPrefix, mostPaths];
    const rows = await this.database.query<PageViewsRow>(PAGE_VIEWS, values);
    return rows[0] as PageViewsRow;
  }
}
