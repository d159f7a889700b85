import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { ApiKeysRepository } from './api-keys.repository.js';

const KEEP_EVERY_MS = 20_000;
const STOP_WITHIN_MS = 500;

/**
 * When keys were used last: noted in memory, kept in the database some times a minute. Best effort:
 * what a process that dies has noted, or what the database does not take, is lost.
 */
@Injectable()
export class KeyUses {
  private noted = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly keys: ApiKeysRepository) {}

  /** Costs a caller next to nothing. */
  note(keyId: string): void {
    this.noted.set(keyId, performance.now());
  }

  start(): void {
    this.timer ??= setInterval(() => void this.keep(), KEEP_EVERY_MS).unref();
  }

  /** Keeps what was noted; does not wait long for a database that hangs. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await Promise.race([this.keep(), sleep(STOP_WITHIN_MS, undefined, { ref: false })]);
  }

  /** Never rejects: what could not be kept is noted still, unless the key was used since. */
  async keep(): Promise<void> {
    const { noted } = this;
    if (noted.size === 0) return;
    this.noted = new Map();
    const now = performance.now();
    try {
      await this.keys.noteUses(new Map([...noted].map(([id, at]) => [id, now - at])));
    } catch {
      this.noted = new Map([...noted, ...this.noted]);
    }
  }
}
