/** What the server notes of an event's arrival, beside what was sent. */
export interface Receipt {
  /** Finds the log lines of a request again. */
  readonly requestId: string;
  /** Epoch milliseconds by the server's clock, the trusted one. */
  readonly receivedAt: number;
  /** The peer's address, or the client's behind a configured proxy; null where it is no address. */
  readonly ipAddress: string | null;
  /** Cut at 1024 characters. */
  readonly userAgent: string | null;
  /** `DNT: 1` or `Sec-GPC: 1`, exactly. */
  readonly privacySignal?: 'dnt' | 'gpc';
  /**
   * The event was kept aside when it came, and is sent once more now. The rest of its receipt is
   * that of its first arrival.
   */
  readonly retryOf?: RetryOf;
}

/** Which of the events that were kept aside, and how often it has been tried again, counted from 1. */
export interface RetryOf {
  readonly id: string;
  /** By this a writer that gets one retry twice counts it once. */
  readonly attempt: number;
}
