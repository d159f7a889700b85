import { Column } from 'typeorm';

const Sessions = (): PropertyDecorator => Column({ type: 'integer' });

/** How many of some sessions did what: the columns of every rollup of the funnel. */
export abstract class CheckoutFunnelFigures {
  @Sessions()
  sessions: number;

  /** When the newest event of these sessions was received. */
  @Column({ type: 'timestamptz' })
  newestReceivedAt: Date;

  @Sessions()
  pageViewed: number;

  @Sessions()
  sessionStarted: number;

  @Sessions()
  identificationStarted: number;

  @Sessions()
  identificationCompleted: number;

  @Sessions()
  identificationErrors: number;

  @Sessions()
  addressStarted: number;

  @Sessions()
  addressCompleted: number;

  @Sessions()
  addressErrors: number;

  @Sessions()
  shippingSelected: number;

  @Sessions()
  paymentStarted: number;

  @Sessions()
  paymentDataErrors: number;

  /** With an error of the data or of the payment itself. */
  @Sessions()
  paymentErrors: number;

  @Sessions()
  submitted: number;

  /** With a conversion; or with a payment, where none was sent. */
  @Sessions()
  conversions: number;

  /** Milliseconds from the first event to the conversion, of all that have one together. */
  @Column({ type: 'bigint' })
  conversionMs: string;

  /** Left a way to reach the buyer, and did not convert. */
  @Sessions()
  abandoned: number;

  @Sessions()
  steppedBack: number;

  @Sessions()
  couponApplied: number;

  @Sessions()
  couponErrors: number;

  @Sessions()
  orderBumpViewed: number;

  @Sessions()
  orderBumpAccepted: number;

  @Sessions()
  orderBumpDeclined: number;

  /** Had this and every step of the funnel before it, none earlier than the one before. */
  @Sessions()
  identificationStartedInOrder: number;

  @Sessions()
  identificationCompletedInOrder: number;

  @Sessions()
  addressStartedInOrder: number;

  @Sessions()
  addressCompletedInOrder: number;

  @Sessions()
  paymentStartedInOrder: number;

  @Sessions()
  submittedInOrder: number;

  @Sessions()
  conversionsInOrder: number;
}
