import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aCommerceMessage, published } from '../support/commerce-message.js';
import { TestFootfall } from '../support/footfall.js';
import { NatsServerProcess, STREAM } from '../support/nats.js';
import { describeWith, hasProgram } from '../support/needs.js';

const suite = describeWith(hasProgram('nats-server'), 'nats-server is not installed');

/** As the publisher makes it. */
const STREAM_AS_RECORDED = {
  name: 'COMMERCE',
  subjects: ['commerce.>'],
  retention: 'limits',
  max_consumers: -1,
  max_msgs: -1,
  max_bytes: -1,
  discard: 'old',
  max_age: 0,
  max_msgs_per_subject: -1,
  max_msg_size: -1,
  storage: 'file',
  num_replicas: 1,
  duplicate_window: 120_000_000_000,
  allow_direct: false,
  mirror_direct: false,
};

suite('commerce events from NATS', () => {
  let nats: NatsServerProcess;
  let footfall: TestFootfall;

  beforeAll(async () => {
    nats = await NatsServerProcess.start();
    footfall = await (await TestFootfall.start({ NATS_URL: nats.url })).ready();
    await nats.isConsumed();
  });
  afterAll(async () => {
    await footfall.stop();
    await nats.dispose();
  });

  const taken = async (): Promise<void> => {
    await nats.isEmptied();
    await footfall.written();
  };
  const rowsOf = (organization: string) =>
    footfall.query(
      `SELECT *, to_char(event_time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') AS at
         FROM commerce_events WHERE organization_id = $1 ORDER BY timestamp_text`,
      [organization],
    );
  const setAside = (subject: string) =>
    footfall.query(`SELECT * FROM rejected_events WHERE receipt->>'requestId' LIKE $1`, [
      `nats:COMMERCE:%:${subject}`,
    ]);

  it('come from a stream that is made as its publisher makes it', async () => {
    const { config } = await nats.manage((manager) => manager.streams.info(STREAM));

    expect(config).toMatchObject(STREAM_AS_RECORDED);
  });

  it('come by a durable consumer that asks for explicit acknowledgements', async () => {
    const { config } = await nats.consumer();

    expect(config).toMatchObject({
      durable_name: 'footfall',
      ack_policy: 'explicit',
      filter_subject: 'commerce.>',
      deliver_policy: 'all',
      max_deliver: -1,
    });
  });

  it('become rows, their time to the microsecond and their parts as they came', async () => {
    const ga4 = { event_name: 'purchase', currency: 'EUR', value: 12.5 };
    const capi = {
      event_name: 'Purchase',
      event_time: 1_772_359_200,
      action_source: 'website',
      user_data: { external_id: 'usr_1' },
      custom_data: { currency: 'EUR', value: 12.5, order_id: 'ord_1' },
    };

    await nats.publish([
      published(aCommerceMessage({ organization_id: 'rows', ga4, facebook_capi: capi })),
    ]);
    await taken();

    expect(await rowsOf('rows')).toEqual([
      expect.objectContaining({
        wire: 'envelope',
        transport: 'nats',
        event_name: 'order.completed',
        event_type: 'order.completed',
        event_id: 'ord_1',
        user_id: 'usr_1',
        session_id: null,
        order_id: 'ord_1',
        amount: '12.5',
        amount_minor: '1250',
        currency: 'EUR',
        at: '2026-03-01T10:00:00.123457',
        timestamp_text: '2026-03-01T10:00:00.123456789Z',
        data: { order_id: 'ord_1', revenue: 12.5, currency: 'EUR', email: 'ada@example.com' },
        ga4,
        facebook_capi: capi,
        ip_address: null,
        user_agent: null,
      }),
    ]);
  });

  it('are rows of their own where an order is refunded in two parts', async () => {
    const part = (timestamp: string) =>
      published(
        aCommerceMessage({
          type: 'order.refunded',
          organization_id: 'refunds',
          timestamp,
          data: { order_id: 'ord_1', refunded_amount: 5, currency: 'EUR' },
        }),
      );

    await nats.publish([part('2026-03-01T10:00:00.000001Z'), part('2026-03-01T10:00:00.000002Z')]);
    await taken();

    expect(await rowsOf('refunds')).toEqual([
      expect.objectContaining({ at: '2026-03-01T10:00:00.000001', amount_minor: '500' }),
      expect.objectContaining({ at: '2026-03-01T10:00:00.000002', amount_minor: '500' }),
    ]);
  });

  it('are one row where the same message is published twice, and posted as well', async () => {
    const message = aCommerceMessage({ organization_id: 'twice' });

    await nats.publish([published(message), published(message)]);
    await taken();
    await footfall.post('/events/commerce', message).expect(200);
    await footfall.written();

    expect(await rowsOf('twice')).toEqual([expect.objectContaining({ transport: 'nats' })]);
    const conflicts = `SELECT 1 FROM rejected_events WHERE state = 'conflict'`;
    expect(await footfall.query(conflicts)).toEqual([]);
  });

  it('are taken under subjects and with names that nobody knows yet', async () => {
    const message = aCommerceMessage({ organization_id: 'unknown', type: 'gift_card.redeemed' });

    await nats.publish([['commerce.gift.card.redeemed', JSON.stringify(message)]]);
    await taken();

    expect(await rowsOf('unknown')).toEqual([
      expect.objectContaining({ event_name: 'gift_card.redeemed', order_id: 'ord_1' }),
    ]);
  });

  it('are logged with their place in the stream, and nothing personal', async () => {
    await nats.publish([published(aCommerceMessage({ organization_id: 'logged' }))]);
    await taken();

    const [line] = footfall
      .logged('COMMERCE_EVENT_RECEIVED')
      .filter(({ organizationId }) => organizationId === 'logged');
    expect(line).toMatchObject({
      requestId: expect.stringMatching(/^nats:COMMERCE:\d+:commerce\.order\.completed$/),
      eventType: 'order.completed',
    });
    expect(footfall.lines.join('')).not.toContain('ada@example.com');
    expect(footfall.lines.join('')).not.toContain(nats.address);
  });

  const large = JSON.stringify(aCommerceMessage({ data: { note: 'x'.repeat(262_144) } }));
  const deep = JSON.stringify(aCommerceMessage()).replace(
    '"data":{',
    `"data":{"deep":${'['.repeat(8)}${']'.repeat(8)},`,
  );
  const body = (why: string) => [{ field: 'body', reason: why }];

  it.each([
    ['nothing', '', 'not_json', body('is empty'), ''],
    ['half', '{"type":"order.comp', 'not_json', body('is not JSON'), '{"type":"order.comp'],
    ['latin', Uint8Array.from([0x7b, 0xe9, 0x7d]), 'not_json', body('is not UTF-8'), '{\ufffd}'],
    ['list', '[1]', 'breach', body('is not a JSON object'), '[1]'],
    ['deep', deep, 'too_deep', body('is nested deeper than 8 levels'), deep],
    ['large', large, 'too_large', body('is larger than 262144 bytes'), large.slice(0, 8192)],
    [
      'nameless',
      '{"timestamp":"2026-03-01T10:00:00Z","id":7}',
      'breach',
      expect.arrayContaining([
        { field: 'id', reason: expect.any(String) },
        { field: 'type', reason: expect.any(String) },
      ]),
      '{"timestamp":"2026-03-01T10:00:00Z","id":7}',
    ],
  ])('are set aside where one is %s, and never come again', async (name, message, ...kept) => {
    const [reason, breaches, raw] = kept;
    const subject = `commerce.poison.${name}`;

    await nats.publish([[subject, message]]);
    await taken();

    const rows = await setAside(subject);
    expect(rows).toEqual([
      expect.objectContaining({ contract: 'commerce', state: 'refused', reason, breaches }),
    ]);
    expect(String(rows[0]?.['raw'])).toBe(raw);
  });

  it('are set aside every one, however many are broken at once', async () => {
    const broken = Array.from(
      { length: 60 },
      (_, at) => ['commerce.poison.many', `${at}`] as const,
    );
    const sound = published(aCommerceMessage({ organization_id: 'among-poison' }));

    await nats.publish([...broken.slice(0, 30), sound, ...broken.slice(30)]);
    await taken();

    const rows = await setAside('commerce.poison.many');
    expect(rows.map(({ raw }) => Number(String(raw))).toSorted((a, b) => a - b)).toEqual(
      broken.map(([, text]) => Number(text)),
    );
    expect(await rowsOf('among-poison')).toHaveLength(1);
  });

  it('stay events from NATS where they were set aside, and are mended and sent again', async () => {
    const { timestamp, ...untimed } = aCommerceMessage({ organization_id: 'mended' });
    await nats.publish([['commerce.poison.mended', JSON.stringify(untimed)]]);
    await taken();
    const [aside] = await setAside('commerce.poison.mended');
    await footfall.query('UPDATE rejected_events SET raw = $2 WHERE id = $1', [
      aside?.['id'],
      Buffer.from(JSON.stringify({ ...untimed, timestamp })),
    ]);

    const report = await footfall
      .asAdmin('post', '/rejected-events/retry')
      .send({ ids: [aside?.['id']] })
      .expect(200);
    await footfall.written();

    expect(report.body).toMatchObject({ retried: 1 });
    expect(await rowsOf('mended')).toEqual([
      expect.objectContaining({
        transport: 'nats',
        wire: 'envelope',
        received_at: aside?.['received_at'],
      }),
    ]);
  });

  it('come to the same rows where all of them are delivered once more', async () => {
    const all = async () => ({
      events: await footfall.query('SELECT * FROM commerce_events ORDER BY idempotency_key'),
      aside: await footfall.query('SELECT * FROM rejected_events ORDER BY id'),
    });
    const { messages } = (await nats.manage((manager) => manager.streams.info(STREAM))).state;
    const before = await all();

    await nats.manage((manager) => manager.consumers.delete(STREAM, 'footfall'));
    await nats.isConsumed();
    await taken();

    expect(messages).toBeGreaterThan(70);
    expect((await nats.consumer()).delivered.stream_seq).toBe(messages);
    expect(await all()).toEqual(before);
  });

  it('are counted by what became of them, and as events of their contract', async () => {
    const label = (outcome: string) =>
      footfall.figure('nats_messages_total', `{outcome="${outcome}"}`);
    const of = (what: string) => footfall.figure(`events_${what}_total`, '{contract="commerce"}');
    const before = [await label('kept'), await label('set_aside'), await of('appended')];

    await nats.publish([
      published(aCommerceMessage({ organization_id: 'counted' })),
      ['commerce.poison', 'no'],
    ]);
    await taken();

    const after = [await label('kept'), await label('set_aside'), await of('appended')];
    expect(after).toEqual(before.map((value) => value + 1));
    expect(await footfall.figure('nats_connected')).toBe(1);
    expect(await footfall.figure('nats_pending')).toBe(0);
    expect(await label('again')).toBe(0);
    expect(await of('lost')).toBe(0);
    const { body: ready } = await footfall.get('/readyz').expect(200);
    expect(ready.details.nats).toEqual({ status: 'up' });
  });
});
