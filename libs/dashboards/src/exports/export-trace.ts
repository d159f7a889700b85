import type { ExportFormat } from '#libs/contracts';
import { type Caller, isAllowed } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { PersonalDataAccesses } from '../personal-data-accesses/personal-data-accesses.js';
import { ExportsLog } from './exports.log.js';

/** A file that somebody takes away: of what, and who. */
export interface Taking {
  readonly contract: string;
  readonly format: ExportFormat;
  readonly from: string;
  readonly to: string;
  readonly question: Readonly<Record<string, unknown>>;
  readonly caller: Caller;
}

export const showsPersonalData = ({ caller }: Pick<Taking, 'caller'>): boolean =>
  isAllowed(caller, 'personal-data:read');

/** Whoever takes events away by the thousand leaves a trace; with personal data, in the audit too. */
@Injectable()
export class ExportTrace {
  constructor(
    private readonly accesses: PersonalDataAccesses,
    private readonly log: ExportsLog,
  ) {}

  /** Resolves once it is noted: before that, nothing is given out. */
  async begun(taking: Taking): Promise<void> {
    await this.note(taking, 'begun', 0);
  }

  async ended(taking: Taking, events: number, isComplete: boolean): Promise<void> {
    const { question: _asked, caller, ...file } = taking;
    const withPersonalData = showsPersonalData(taking);
    this.log.ended({ ...file, by: caller.id, withPersonalData }, events, isComplete);
    await this.note(taking, isComplete ? 'complete' : 'broken_off', events);
  }

  private async note(taking: Taking, state: string, items: number): Promise<void> {
    if (!showsPersonalData(taking)) return;
    const { question: asked, caller, ...file } = taking;
    await this.accesses.note(caller, 'exports', { question: { ...file, ...asked, state }, items });
  }
}
