import { Injectable } from '@nestjs/common';

/** One thing that this process depends on. */
export interface Probe {
  readonly name: string;
  /** Without it the process cannot do its work, so readiness turns red. Others are only named. */
  readonly vital: boolean;
  /** Null while all is well, else a sentence that says what ails. Quick: it is asked often. */
  readonly ails: () => string | null | Promise<string | null>;
}

/** What `/readyz` looks at. The application adds the probes of the rooms that it runs. */
@Injectable()
export class Probes {
  private readonly known: Probe[] = [];

  add(probe: Probe): void {
    this.known.push(probe);
  }

  all(): readonly Probe[] {
    return this.known;
  }
}
