import type {
  AuditedSource,
  ListPersonalDataAccessesQuery,
  PersonalDataAccessPage,
} from '#libs/contracts';
import { type Caller, cursorOf, positionOf } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { masked } from '../personal-data.js';
import { PersonalDataAccessesRepository } from './personal-data-accesses.repository.js';
import { PersonalDataLog } from './personal-data.log.js';

/** Who read personal data. */
@Injectable()
export class PersonalDataAccesses {
  constructor(
    private readonly repository: PersonalDataAccessesRepository,
    private readonly log: PersonalDataLog,
  ) {}

  /** Resolves once it is in the database: before that, nothing is answered. */
  async note(
    caller: Caller,
    source: AuditedSource,
    access: { readonly question: object; readonly items: number },
  ): Promise<void> {
    // Whatever somebody writes into a filter.
    const question = masked(access.question) as object;
    await this.repository.add(caller, source, { ...access, question });
    this.log.read(caller, source, question, access.items);
  }

  /** @throws ContractBreachError for a cursor that is not of this list. */
  async list(query: ListPersonalDataAccessesQuery): Promise<PersonalDataAccessPage> {
    const position = positionOf(query.cursor, isId);
    // One more than asked for tells whether there is a next page.
    const rows = await this.repository.newest(query, position, query.limit + 1);
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    const more = rows.length > page.length && last !== undefined;
    return {
      items: page.map(({ id: _id, positionTime: _time, at, ...access }) => ({
        at: at.toISOString(),
        ...access,
      })),
      nextCursor: more ? cursorOf({ time: last.positionTime, id: last.id }) : null,
    };
  }
}

const isId = (id: string): boolean => /^\d{1,18}$/.test(id);
