import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { bootstrap, type CommerceEvent, Publisher } from '../../libs/client/src/nats/index.js';
import { NatsServerProcess, STREAM } from '../support/nats.js';
import { describeWith, hasProgram } from '../support/needs.js';

interface Recorded {
  readonly subject: string;
  readonly body: string;
}

const directory = process.env['RECORDED_TRAFFIC_DIR'];

const lines = (): object[] =>
  readFileSync(join(directory ?? '', 'wire/commerce-nats.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object);

const orgId = 'acme';
const currency = 'USD';
const order = {
  orderId: 'ord_1001',
  orgId,
  userId: 'usr_42',
  email: ' Ada.Lovelace@Example.COM ',
  totalMinor: 5997,
  currency,
  items: [
    { productId: 'prod_1', productName: 'Tea', quantity: 2, priceMinor: 1999 },
    { productId: 'prod_2', productName: 'Cup', quantity: 1, priceMinor: 1999 },
  ],
};
const refund = { orderId: 'ord_1001', orgId, userId: 'usr_42', refundedMinor: 1000, currency };
const payout = { orgId, userId: 'usr_9', periodMonth: '2026-04', amountMinor: 12_345, currency };

/** The calls that were recorded, in their order. */
const CALLS: readonly ((publisher: Publisher) => Promise<void>)[] = [
  (publisher) => publisher.publishOrderCreated(order),
  (publisher) => publisher.publishOrderCompleted(order),
  (publisher) =>
    publisher.publishOrderCompleted({ orderId: 'ord_1002', orgId, totalMinor: 0, currency }),
  (publisher) => publisher.publishOrderRefunded(refund),
  (publisher) => publisher.publishOrderRefunded(refund),
  (publisher) =>
    publisher.publishCheckoutStarted({ sessionId: 'cs_1', orgId, totalMinor: 5997, currency }),
  (publisher) =>
    publisher.publishReferralLinkCreated({
      orgId,
      userId: 'usr_42',
      referralCode: 'REF42',
      referralUrl: 'https://shop.example/r/REF42',
    }),
  (publisher) =>
    publisher.publishReferralClaimed({
      orgId,
      referrerId: 'usr_42',
      refereeId: 'usr_77',
      referralCode: 'REF42',
    }),
  (publisher) =>
    publisher.publishReferralCreditGranted({
      orgId,
      userId: 'usr_42',
      role: 'referrer',
      amountMinor: 1000,
      currency,
    }),
  (publisher) =>
    publisher.publishReferralCommissionEarned({
      orgId,
      referrerId: 'usr_42',
      orderId: 'ord_1001',
      commissionMinor: 300,
      currency,
    }),
  (publisher) =>
    publisher.publishReferralTierUpgraded({
      orgId,
      userId: 'usr_42',
      previousTier: 'bronze',
      newTier: 'silver',
      referralCount: 10,
    }),
  (publisher) =>
    publisher.publishContributorRegistered({ orgId, userId: 'usr_9', githubUsername: 'octocat' }),
  (publisher) => publisher.publishContributorPayoutCalculated(payout),
  (publisher) => publisher.publishContributorPayoutSent({ ...payout, payoutId: 'po_5' }),
];

/** Times, and ids that hold one, are each call's own. */
const meaningOf = ({ subject, body }: Recorded): object => {
  const { timestamp, id = '', facebook_capi: capi, ...event } = JSON.parse(body) as CommerceEvent;
  return {
    subject,
    ...event,
    id: id.replace(/\d{13}$/, 'millis'),
    timed: Number.isFinite(Date.parse(timestamp)),
    ...(capi && { facebook_capi: { ...capi, event_time: String(capi.event_time).length } }),
  };
};

const suite = describeWith(
  directory !== undefined && hasProgram('nats-server'),
  'RECORDED_TRAFFIC_DIR is not set, or nats-server is not installed',
);

suite('what the recorded publisher sent', () => {
  let nats: NatsServerProcess;
  let connection: NatsConnection;

  beforeAll(async () => {
    nats = await NatsServerProcess.start();
    connection = await connect({ servers: nats.address });
    await bootstrap(connection);
  });
  afterAll(async () => {
    await connection?.close();
    await nats?.dispose();
  });

  it('is what this one sends for the same calls', async () => {
    const [, ...messages] = lines() as Recorded[];
    const publisher = new Publisher(connection, { timeoutMs: 30_000 });

    for (const call of CALLS) await call(publisher);

    const sent = await nats.manage((manager) =>
      Promise.all(CALLS.map((_, at) => manager.streams.getMessage(STREAM, { seq: at + 1 }))),
    );
    const bodies = sent.map((message) => ({
      subject: message?.subject ?? '',
      body: message?.string() ?? '',
    }));
    expect(bodies.map(meaningOf)).toEqual(messages.map(meaningOf));
  });

  it('went into the stream that this one makes', async () => {
    const [first] = lines() as { readonly streamConfig: object }[];

    const { config } = await nats.manage((manager) => manager.streams.info(STREAM));

    expect(config).toMatchObject(first?.streamConfig ?? {});
  });
});
