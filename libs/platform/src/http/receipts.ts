import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isUtf8 } from 'node:buffer';
import { Injectable } from '@nestjs/common';
import { ClientAddress } from './client-address.js';
import type { Receipt } from './receipt.js';

const MOST_OF_USER_AGENT = 1024;

/** Notes the arrival of a request. Ids are cheap: this process's own prefix and a counter. */
@Injectable()
export class Receipts {
  private readonly prefix = `${randomBytes(6).toString('hex')}-`;
  private count = 0;

  constructor(private readonly addresses: ClientAddress) {}

  of(request: IncomingMessage): Receipt {
    const { headers } = request;
    const receipt = {
      requestId: this.prefix + (++this.count).toString(36),
      receivedAt: Date.now(),
      ipAddress: this.addresses.of(request),
      userAgent: userAgentOf(headers['user-agent']),
    };
    if (headers.dnt === '1') return { ...receipt, privacySignal: 'dnt' };
    if (headers['sec-gpc'] === '1') return { ...receipt, privacySignal: 'gpc' };
    return receipt;
  }
}

/** As it was sent, cut at 1024 characters; null where none was. */
export function userAgentOf(header: string | undefined): string | null {
  if (header === undefined || header === '') return null;
  const text = asciiOnly(header) ? header : decoded(header);
  if (text.length <= MOST_OF_USER_AGENT) return text;
  return text.slice(0, MOST_OF_USER_AGENT).replace(/[\ud800-\udbff]$/, '');
}

const asciiOnly = (text: string): boolean => !/[^\t\x20-\x7e]/.test(text);

/** Node hands headers over as Latin-1, one character a byte; some senders mean UTF-8. */
function decoded(header: string): string {
  const bytes = Buffer.from(header, 'latin1');
  const text = isUtf8(bytes) ? bytes.toString('utf8') : header;
  return text.replaceAll('\0', '');
}
