import { createHash } from 'node:crypto';
import type { CommerceEvent } from '../contract/types.js';

/** Anything else a server or a proxy of NATS may read otherwise than it was written. */
const LEGAL = /^[ -~]{1,1000}$/;

/**
 * The `Nats-Msg-Id` of an event: the idempotency key under which Footfall stores it, so that
 * JetStream keeps one of two equal messages too. Readable, or a digest where ids are long or hold
 * more than ASCII; never over 1000 characters.
 */
export function messageIdOf(event: CommerceEvent): string {
  const { organization_id: organization = '', type, id = '', timestamp } = event;
  const text = JSON.stringify(['envelope', organization, type, id, timestamp]);
  if (LEGAL.test(text)) return text;
  const digest = createHash('sha256').update(text).digest('hex');
  return JSON.stringify(['envelope', 'sha256', digest, text.length]);
}
