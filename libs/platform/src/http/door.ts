import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import type { Check, ContractClass } from './check.js';
import { declaredEndpoints } from './declared-endpoints.js';
import { DoorAdapter } from './door-adapter.js';
import { Doorways, type Ways } from './doorways.js';
import type { Doorway } from './doorway.js';
import type { Intake, Receiver } from './intake.js';
import type { Arrival, Result } from './members.js';
import type { SecondLook } from './second-look.js';

/** Answers the compiled check of a contract. */
export type CheckOf = (contract: ContractClass<unknown>) => Check;

/**
 * Stands before Express and answers the exact paths that ingestion endpoints declare: their `POST`
 * and its preflight. Everything else goes on to Express untouched.
 */
@Injectable()
export class Door {
  private readonly ways = new Map<string, Doorway>();
  /** Several doors may take events of one contract, each in a spelling of its own. */
  private readonly secondLooks = new Map<string, SecondLook[]>();
  private readonly intakes = new Map<ContractClass<unknown>, Ways['intake']>();

  constructor(
    private readonly modules: ModulesContainer,
    private readonly host: HttpAdapterHost,
    private readonly doorways: Doorways,
  ) {}

  /**
   * Opens every declared door. To be called once, before the server listens; the checks come as
   * an argument, because they are compiled from the application's own published document.
   *
   * @throws where two declarations claim one path, or the server is no `DoorAdapter`.
   */
  open(checkOf: CheckOf): void {
    for (const declared of declaredEndpoints(this.modules)) {
      const { options } = declared;
      const ways = this.doorways.of(declared, checkOf(options.contract));
      const { single, batch, again } = ways;
      this.secondLooks.set(options.name, [...(this.secondLooks.get(options.name) ?? []), again]);
      this.intakes.set(options.contract, ways.intake);
      for (const path of [...options.paths, ...(options.aliases ?? [])]) this.add(path, single);
      if (options.batch && batch) this.add(options.batch.path, batch);
    }
    const adapter = this.host.httpAdapter;
    if (!(adapter instanceof DoorAdapter)) throw new Error('The server has no place for a door.');
    adapter.standInFront((request, response, awaitsContinue) =>
      this.takes(request, response, awaitsContinue),
    );
  }

  /**
   * Judges again what the doors of a contract refused: the bytes of its body, with the receipt of
   * its first arrival and who asks now. No limit of rate holds it up, and the door's own figures
   * do not change. Null where this process has no door for the contract.
   */
  async judgeAgain(contract: string, body: Uint8Array, arrival: Arrival): Promise<Result | null> {
    let result: Result | null = null;
    for (const look of this.secondLooks.get(contract) ?? []) {
      result = await look.at(body, arrival);
      if (result.verdict !== 'rejected') return result;
    }
    return result;
  }

  /**
   * A way to a contract for another transport than HTTP, by the same check as its door. Open the
   * doors first.
   *
   * @throws where no door declares the contract.
   */
  intakeOf(contract: ContractClass<unknown>, receiver: Receiver): Intake {
    const intake = this.intakes.get(contract);
    if (!intake) throw new Error(`No door declares ${contract.name}.`);
    return intake(receiver);
  }

  private add(path: string, way: Doorway): void {
    const exact = `/${path}`;
    if (this.ways.has(exact)) throw new Error(`Two doors claim ${exact}`);
    this.ways.set(exact, way);
  }

  /** Answers false for what is not the door's. */
  private takes(
    request: IncomingMessage,
    response: ServerResponse,
    awaitsContinue: boolean,
  ): boolean {
    const { method, url = '' } = request;
    if (method !== 'POST' && method !== 'OPTIONS') return false;
    const query = url.indexOf('?');
    const way = this.ways.get(query < 0 ? url : url.slice(0, query));
    if (!way) return false;
    if (method === 'OPTIONS') return way.preflight(request, response);
    way.enter(request, response, awaitsContinue);
    return true;
  }
}
