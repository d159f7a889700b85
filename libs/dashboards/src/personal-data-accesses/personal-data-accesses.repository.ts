import type {
  AuditedSource,
  ListPersonalDataAccessesQuery,
  PersonalDataAccessView,
} from '#libs/contracts';
import { Database, prepared } from '#libs/database';
import type { Caller, Position } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { LIST_ACCESSES, NOTE_ACCESS } from './personal-data-accesses.sql.js';

const NOTE = prepared(NOTE_ACCESS);

export interface AccessRow extends Omit<PersonalDataAccessView, 'at'> {
  readonly id: string;
  readonly at: Date;
  /** In full precision. */
  readonly positionTime: string;
}

@Injectable()
export class PersonalDataAccessesRepository {
  constructor(private readonly database: Database) {}

  async add(
    { kind, id }: Caller,
    source: AuditedSource,
    { question, items }: { readonly question: object; readonly items: number },
  ): Promise<void> {
    const values = [kind, id, source, JSON.stringify(question), items];
    await this.database.query(NOTE, values);
  }

  /** Newest first, after `position`. */
  newest(
    { from, to }: ListPersonalDataAccessesQuery,
    position: Position | null,
    limit: number,
  ): Promise<AccessRow[]> {
    return this.database.query<AccessRow>(LIST_ACCESSES, [
      from ?? null,
      to ?? null,
      position?.time ?? null,
      position?.id ?? null,
      limit,
    ]);
  }
}
