import type { AnalyticsEventDto } from '#libs/contracts';
import { type NewEvent, type Props, type Queries, SensitiveProps } from '#libs/database';
import { Injectable } from '@nestjs/common';
import { arrayLiteral } from './array-literal.js';
import type { Entry } from './contract-writer.js';

type EventEntry = Entry<NewEvent>;

interface Stored {
  readonly ordinal: number;
  readonly props: Props | null;
}

/**
 * $1 ids, $2 times of events. Ordinals count from 1. Until the transaction ends nobody encrypts them
 * anew: they would be compared with another spelling than was read here.
 */
const STORED_PROPS = {
  name: 'stored_props',
  text: `
  SELECT again.ordinal::int AS ordinal, events.props_json AS props
  FROM unnest($1::uuid[], $2::timestamptz[]) WITH ORDINALITY AS again (id, occurred_at, ordinal)
  JOIN events USING (id, occurred_at)
  ORDER BY events.id
  FOR SHARE OF events
`,
};

/** Those of the `props` of analytics events that are stored encrypted, on their way to the table. */
@Injectable()
export class EncryptedProps {
  constructor(private readonly sensitive: SensitiveProps) {}

  /** The event as its row is made of it. */
  in(event: AnalyticsEventDto, eventId: string): AnalyticsEventDto {
    const { props } = event;
    const stored = props && this.sensitive.stored(eventId, props);
    return stored === props ? event : { ...event, props: stored };
  }

  /** The events without them: what is made of events in clear is not made of these. */
  without(entries: readonly EventEntry[]): readonly EventEntry[] {
    return entries.map((entry) => {
      const event = entry.record.event as AnalyticsEventDto;
      const props = event.props && this.sensitive.without(event.props);
      if (props === event.props) return entry;
      return { ...entry, record: { ...entry.record, event: { ...event, props } } };
    });
  }

  /** What says the same as the stored row, is spelt as the stored row spells it. */
  async comparable(queries: Queries, again: readonly EventEntry[]): Promise<readonly EventEntry[]> {
    if (!this.sensitive.hasKeys) return again;
    const rows = again.map(({ row }) => row);
    const stored = await queries.query<Stored>(
      STORED_PROPS,
      ['id', 'occurredAt'].map((column) => arrayLiteral(rows, column)),
    );
    const propsOf = new Map(stored.map(({ ordinal, props }) => [ordinal, props]));
    return again.map(({ record, row }, i) => ({
      record,
      row: this.respelt(row, propsOf.get(i + 1) ?? null),
    }));
  }

  /** In the transaction that stores the rows. */
  async noteUses(queries: Queries, fresh: readonly EventEntry[]): Promise<void> {
    if (!this.sensitive.hasKeys) return;
    await this.sensitive.noteUses(
      queries,
      fresh.map(({ row }) => row),
    );
  }

  private respelt(row: NewEvent, stored: Props | null): NewEvent {
    if (row.propsJson === null || stored === null) return row;
    const sent = JSON.parse(row.propsJson) as Props;
    return { ...row, propsJson: JSON.stringify(this.sensitive.respelt(row.id, sent, stored)) };
  }
}
