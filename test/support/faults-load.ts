import { setTimeout as pause } from 'node:timers/promises';
import type { CheckoutEventDto } from '#libs/contracts';
import { aCheckoutEvent } from './checkout-event.js';
import { RawConnection, rawPost } from './raw-connection.js';
import { until } from './until.js';

const CONNECT_AGAIN_MS = 20;
/** Nobody is kept waiting so long: the append and the offer have deadlines far below it. */
const LONGEST_ANSWER_MS = 10_000;

export interface LoadOptions {
  /** Asked for each new connection, so that a load can move from one process to another. */
  readonly port: () => number;
  readonly connections?: number;
  /** Of each connection, between an answer and the next request. */
  readonly pauseMs?: number;
  /** Begins every event id, which is how the events of one load are told from another's. */
  readonly name?: string;
  readonly event?: Partial<CheckoutEventDto>;
}

/** A request that was sent and got no answer. */
export interface Unanswered {
  readonly eventId: string;
  /** The first request of its connection: no race with a server that closes an idle one. */
  readonly fresh: boolean;
  /** The socket's error; `end` where the connection was closed in order. */
  readonly how: string;
}

let loads = 0;

/**
 * Senders on keep-alive connections that post one event after the other, each with an id of its
 * own, and come back whenever their connection breaks. What each was answered is remembered
 * before anything else happens.
 */
export class Load {
  /** 204: these must be in the database in the end. */
  readonly acknowledged = new Set<string>();
  /** 202: taken, not kept. */
  readonly notKept = new Set<string>();
  /** Anything else that was answered, which no sound event may be. */
  readonly otherwise: { readonly eventId: string; readonly status: number }[] = [];
  readonly unanswered: Unanswered[] = [];
  /** Nobody listened. */
  refusedConnections = 0;
  slowestMs = 0;

  private sent = 0;
  private stopping = false;
  private readonly name: string;
  private readonly senders: Promise<void>[];

  private constructor(private readonly options: LoadOptions) {
    this.name = options.name ?? `load-${++loads}`;
    const { connections = 16 } = options;
    this.senders = Array.from({ length: connections }, () => this.send());
  }

  static start(options: LoadOptions): Load {
    return new Load(options);
  }

  /** Resolves once so many more events than now are acknowledged. */
  async acknowledges(more: number, withinMs?: number): Promise<void> {
    const enough = this.acknowledged.size + more;
    await until(`${more} more acknowledgements`, () => this.acknowledged.size >= enough, withinMs);
  }

  /** Requests under way get their answers. */
  async stop(): Promise<this> {
    this.stopping = true;
    await Promise.all(this.senders);
    return this;
  }

  private async send(): Promise<void> {
    while (!this.stopping) {
      try {
        await this.sendOver(await RawConnection.open(this.options.port()));
      } catch {
        this.refusedConnections++;
        await pause(CONNECT_AGAIN_MS);
      }
    }
  }

  private async sendOver(connection: RawConnection): Promise<void> {
    let how = 'end';
    connection.socket.on('error', ({ code }: NodeJS.ErrnoException) => (how = code ?? 'error'));
    connection.socket.setTimeout(LONGEST_ANSWER_MS, () => {
      how = 'no answer in time';
      connection.close();
    });
    for (let fresh = true; !this.stopping; fresh = false) {
      const eventId = `${this.name}-${++this.sent}`;
      const sentAt = performance.now();
      const answer = await connection.send(this.request(eventId)).answer();
      if (answer === null) return void this.unanswered.push({ eventId, fresh, how });
      this.remember(eventId, answer.status);
      this.slowestMs = Math.max(this.slowestMs, performance.now() - sentAt);
      if (answer.headers['connection'] === 'close') break;
      await pause(this.options.pauseMs ?? 5);
    }
    connection.close();
  }

  private remember(eventId: string, status: number): void {
    if (status === 204) this.acknowledged.add(eventId);
    else if (status === 202) this.notKept.add(eventId);
    else this.otherwise.push({ eventId, status });
  }

  private request(eventId: string): Buffer {
    const event = aCheckoutEvent({ eventId, timestamp: Date.now(), ...this.options.event });
    return rawPost('/events/checkout', JSON.stringify(event));
  }
}
