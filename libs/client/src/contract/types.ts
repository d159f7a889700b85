// Generated from libs/contracts/openapi.json by `npm run client:types`.

/** One checkout event as front ends send it. */
export interface CheckoutEvent {
  /**
   * Idempotency key, together with `timestamp`: a retry resends both.
   * @example 0b5f3d2e-8c41-4a7b-9e66-1d2f7a90c5e3
   */
  readonly eventId: string;
  /** What happened. */
  readonly eventName: CheckoutEventName;
  /**
   * What the front end’s catalogue says of the event: the texts of `eventName`, where it has none of its own. Kept as sent.
   * @example Checkout page viewed
   */
  readonly eventDescription?: string | undefined;
  /**
   * One visit of the checkout. With `offerId`, the key of the funnel.
   * @example chk_4c1d9e02
   */
  readonly sessionId: string;
  /**
   * The offer on sale. The server resolves its product and producer.
   * @example offer-1
   */
  readonly offerId: string;
  /** The layout of the checkout. */
  readonly checkoutType?: CheckoutType | undefined;
  /** How the checkout is served, as the front end tells by its domain. */
  readonly checkoutMode?: CheckoutMode | undefined;
  /** The kind of traffic, as the front end tells it. */
  readonly executionEnvironment: ExecutionEnvironment;
  /**
   * The whole hostname that serves the checkout.
   * @example checkout.example.com
   */
  readonly fullHostname: string;
  /**
   * The domain as the front end shortens it. Kept as sent, odd values too.
   * @example example.com
   */
  readonly rootDomain: string;
  /** The step that the event is about; of `checkout_step_advanced`, the new one. */
  readonly step?: CheckoutStep | undefined;
  /**
   * The buyer’s e-mail, once typed. Any text: what is half typed is kept too.
   * @example buyer@example.com
   */
  readonly email?: string | undefined;
  /**
   * The buyer’s telephone number, once typed. Any text.
   * @example +55 11 99999-0000
   */
  readonly phone?: string | undefined;
  /** The payment method chosen. */
  readonly paymentMethod?: PaymentMethod | undefined;
  /**
   * When it happened, in milliseconds since 1970, by the sender’s clock.
   * @example 1700000000000
   */
  readonly timestamp: number;
  /** Resolved by the server; never sent. */
  readonly productId?: never;
  /** Resolved by the server; never sent. */
  readonly producerId?: never;
}

/** What happened in a checkout. */
export type CheckoutEventName =
  | 'checkout_page_view'
  | 'checkout_session_started'
  | 'checkout_identification_started'
  | 'checkout_identification_filled'
  | 'checkout_identification_error'
  | 'checkout_identification_completed'
  | 'checkout_address_started'
  | 'checkout_address_filled'
  | 'checkout_address_error'
  | 'checkout_shipping_method_selected'
  | 'checkout_address_completed'
  | 'checkout_step_viewed'
  | 'checkout_step_advanced'
  | 'checkout_step_back'
  | 'checkout_payment_method_selected'
  | 'checkout_payment_data_started'
  | 'checkout_payment_data_error'
  | 'checkout_coupon_applied'
  | 'checkout_coupon_error'
  | 'checkout_order_bump_viewed'
  | 'checkout_order_bump_accepted'
  | 'checkout_order_bump_declined'
  | 'checkout_submit_clicked'
  | 'checkout_payment_success'
  | 'checkout_conversion_success'
  | 'checkout_payment_error';

/** The layout of the checkout. */
export type CheckoutType = 'standard' | '3steps';

/** How the checkout is served, as the front end tells by its domain. */
export type CheckoutMode = 'embedded' | 'transparent' | 'sandbox' | 'development';

/** The kind of traffic, as the front end tells it. */
export type ExecutionEnvironment = 'production' | 'sandbox' | 'development';

/** A step of the checkout. */
export type CheckoutStep = 'identification' | 'address' | 'payment';

/** The payment method chosen. */
export type PaymentMethod = 'credit_card' | 'pix' | 'boleto';

/** One tracking event; `eventType` tells which. */
export type TrackingEvent =
  PageViewEvent | CockpitCreateEvent | CockpitCreatedEvent | CockpitBuyEvent;

/** A page was viewed. */
export interface PageViewEvent {
  /**
   * Idempotency key, together with `timestamp`. Without one, an event that comes again with the very same content is taken as a retry and stored once.
   * @example 5f0c1b7e-2a94-4d63-8f1e-7b3d9c2a6e10
   */
  readonly eventId?: string | undefined;
  /**
   * One session of a user; it usually ends when the browser is closed.
   * @example visit_7a20
   */
  readonly sessionId: string;
  /**
   * Who it is, as well as is known: the `userId` of a signed-in user, else the `sessionId`. The client says it; the server infers nothing.
   * @example user-1
   */
  readonly trackId: string;
  /**
   * The signed-in user.
   * @example user-1
   */
  readonly userId?: string | undefined;
  /**
   * The full URL of the page. Kept as sent.
   * @example https://shop.example.com/products/green-tea
   */
  readonly url: string;
  /**
   * The path of the page.
   * @example /products/green-tea
   */
  readonly path: string;
  /**
   * When it happened, by the sender’s clock: ISO 8601 text, or milliseconds since 1970.
   * @example 2026-01-15T11:58:00.000Z
   */
  readonly timestamp: number | string;
  /** What happened; it decides which other fields are required. */
  readonly eventType: 'PAGEVIEW';
}

/** A creator is making a product in the cockpit. */
export interface CockpitCreateEvent {
  /**
   * Idempotency key, together with `timestamp`. Without one, an event that comes again with the very same content is taken as a retry and stored once.
   * @example 5f0c1b7e-2a94-4d63-8f1e-7b3d9c2a6e10
   */
  readonly eventId?: string | undefined;
  /**
   * One session of a user; it usually ends when the browser is closed.
   * @example visit_7a20
   */
  readonly sessionId: string;
  /**
   * Who it is, as well as is known: the `userId` of a signed-in user, else the `sessionId`. The client says it; the server infers nothing.
   * @example user-1
   */
  readonly trackId: string;
  /**
   * The signed-in user.
   * @example user-1
   */
  readonly userId?: string | undefined;
  /**
   * The full URL of the page. Kept as sent.
   * @example https://shop.example.com/products/green-tea
   */
  readonly url: string;
  /**
   * The path of the page.
   * @example /products/green-tea
   */
  readonly path: string;
  /**
   * When it happened, by the sender’s clock: ISO 8601 text, or milliseconds since 1970.
   * @example 2026-01-15T11:58:00.000Z
   */
  readonly timestamp: number | string;
  /** The flow in which it happened. */
  readonly flow: FlowType;
  /**
   * The step that the event is about.
   * @example details
   */
  readonly step: string;
  /** What happened; it decides which other fields are required. */
  readonly eventType:
    'COCKPIT_CREATE_LAUNCH' | 'COCKPIT_CREATE_STEP' | 'COCKPIT_CREATE_ENRICH_INFORMATION';
  /**
   * The session of the cockpit. May be sent as `cockpitSessionId` instead; both with different values is a breach.
   * @example cockpit-1
   */
  readonly cockpitSessinoId: string;
  /**
   * The slug of the product.
   * @example green-tea
   */
  readonly productSlug?: string | undefined;
}

/** A creator has made a product in the cockpit. */
export interface CockpitCreatedEvent {
  /**
   * Idempotency key, together with `timestamp`. Without one, an event that comes again with the very same content is taken as a retry and stored once.
   * @example 5f0c1b7e-2a94-4d63-8f1e-7b3d9c2a6e10
   */
  readonly eventId?: string | undefined;
  /**
   * One session of a user; it usually ends when the browser is closed.
   * @example visit_7a20
   */
  readonly sessionId: string;
  /**
   * Who it is, as well as is known: the `userId` of a signed-in user, else the `sessionId`. The client says it; the server infers nothing.
   * @example user-1
   */
  readonly trackId: string;
  /**
   * The signed-in user.
   * @example user-1
   */
  readonly userId?: string | undefined;
  /**
   * The full URL of the page. Kept as sent.
   * @example https://shop.example.com/products/green-tea
   */
  readonly url: string;
  /**
   * The path of the page.
   * @example /products/green-tea
   */
  readonly path: string;
  /**
   * When it happened, by the sender’s clock: ISO 8601 text, or milliseconds since 1970.
   * @example 2026-01-15T11:58:00.000Z
   */
  readonly timestamp: number | string;
  /** The flow in which it happened. */
  readonly flow: FlowType;
  /**
   * The step that the event is about.
   * @example details
   */
  readonly step: string;
  /** What happened; it decides which other fields are required. */
  readonly eventType: 'COCKPIT_CREATE_SUCCESS' | 'COCKPIT_CREATE_DOWNLOAD';
  /**
   * The session of the cockpit. May be sent as `cockpitSessionId` instead; both with different values is a breach.
   * @example cockpit-1
   */
  readonly cockpitSessinoId: string;
  /**
   * The slug of the product.
   * @example green-tea
   */
  readonly productSlug: string;
}

/** A buyer is in the cockpit. */
export interface CockpitBuyEvent {
  /**
   * Idempotency key, together with `timestamp`. Without one, an event that comes again with the very same content is taken as a retry and stored once.
   * @example 5f0c1b7e-2a94-4d63-8f1e-7b3d9c2a6e10
   */
  readonly eventId?: string | undefined;
  /**
   * One session of a user; it usually ends when the browser is closed.
   * @example visit_7a20
   */
  readonly sessionId: string;
  /**
   * Who it is, as well as is known: the `userId` of a signed-in user, else the `sessionId`. The client says it; the server infers nothing.
   * @example user-1
   */
  readonly trackId: string;
  /**
   * The signed-in user.
   * @example user-1
   */
  readonly userId?: string | undefined;
  /**
   * The full URL of the page. Kept as sent.
   * @example https://shop.example.com/products/green-tea
   */
  readonly url: string;
  /**
   * The path of the page.
   * @example /products/green-tea
   */
  readonly path: string;
  /**
   * When it happened, by the sender’s clock: ISO 8601 text, or milliseconds since 1970.
   * @example 2026-01-15T11:58:00.000Z
   */
  readonly timestamp: number | string;
  /** The flow in which it happened. */
  readonly flow: FlowType;
  /**
   * The step that the event is about.
   * @example details
   */
  readonly step: string;
  /** What happened; it decides which other fields are required. */
  readonly eventType:
    | 'COCKPIT_BUY_LAUNCH'
    | 'COCKPIT_BUY_STEP'
    | 'COCKPIT_BUY_PAYMENT'
    | 'COCKPIT_BUY_PURCHASE'
    | 'COCKPIT_BUY_DOWNLOAD';
  /**
   * The session of the cockpit. May be sent as `cockpitSessionId` instead; both with different values is a breach.
   * @example cockpit-1
   */
  readonly cockpitSessinoId?: string | undefined;
  /**
   * The slug of the product.
   * @example green-tea
   */
  readonly productSlug: string;
}

/** The flow in which it happened. */
export type FlowType = 'FILE' | 'EVENT' | 'PROJECT';

/** One event of the creators’ platform. */
export interface AnalyticsEvent {
  /**
   * What happened. `GET /event-types` lists the known ones; others are taken too. Types of licences, royalties and payouts are taken from ingest keys and administrators only.
   * @example asset_viewed
   */
  readonly eventType: KnownEventType | (string & Record<never, never>);
  /** Where it happened; `web` where it is left out. `api`, `system` and `webhook` are taken from ingest keys and administrators only. */
  readonly source?: EventSource | undefined;
  /**
   * The id of what it happened to.
   * @example asset-1
   */
  readonly entityId?: string | undefined;
  /** What it happened to; required beside `entityId`. */
  readonly entityType?: EntityType | undefined;
  /**
   * One session of a visitor.
   * @example visit_7a20
   */
  readonly sessionId?: string | undefined;
  /** Whatever else there is to say; kept exactly. Ids in `assetId` (or `ipAssetId`), `projectId`, `licenseId`, `creatorId`, `brandId` and `userId` say whose numbers it belongs to. `revenueCents` and `feeCents` are taken from ingest keys and administrators only. */
  readonly props?:
    | {
        readonly [key: string]: unknown;
      }
    | undefined;
  /** What brought the visitor. */
  readonly attribution?: Attribution | undefined;
  /**
   * Send the same with every retry: the event is stored once, whatever its time says, and the same `eventId` is answered. Without one each request is an event of its own.
   * @example view-7f3c
   */
  readonly idempotencyKey?: string | undefined;
  /**
   * Format: date-time
   * When it happened, at most one hour ahead and 365 days back; when it was received where it is left out.
   */
  readonly occurredAt?: string | undefined;
  /** Of the visitor for whom a server speaks. Read from ingest keys only: of others the server sees for itself who they are, and their `User-Agent`. */
  readonly context?: EventContext | undefined;
}

/** What a server knows of the visitor for whom it speaks. */
export interface EventContext {
  /** Who the visitor is. */
  readonly session?: EventSession | undefined;
  /**
   * The kind of device.
   * @example desktop
   */
  readonly deviceType?: string | undefined;
  /**
   * The browser.
   * @example Chrome
   */
  readonly browser?: string | undefined;
  /**
   * The operating system.
   * @example macOS
   */
  readonly os?: string | undefined;
  /**
   * The page before, where `attribution` does not say it.
   * @example https://www.google.com/
   */
  readonly referrer?: string | undefined;
}

/** For whom a server speaks. */
export interface EventSession {
  /**
   * The user.
   * @example user-1
   */
  readonly userId?: string | undefined;
  /**
   * What the user is, such as `creator` or `brand`.
   * @example brand
   */
  readonly role?: string | undefined;
}

/** What brought the visitor. */
export interface Attribution {
  /**
   * The source of the visit.
   * @example google
   */
  readonly utmSource?: string | undefined;
  /**
   * The medium of the visit.
   * @example cpc
   */
  readonly utmMedium?: string | undefined;
  /**
   * The campaign of the visit.
   * @example winter_2026
   */
  readonly utmCampaign?: string | undefined;
  /**
   * The search term of the visit.
   * @example illustration
   */
  readonly utmTerm?: string | undefined;
  /**
   * The variant of the advertisement of the visit.
   * @example banner-a
   */
  readonly utmContent?: string | undefined;
  /**
   * The page before.
   * @example https://www.google.com/
   */
  readonly referrer?: string | undefined;
  /**
   * The page at which the visit began.
   * @example https://studio.example.com/?utm_source=google
   */
  readonly landingPage?: string | undefined;
}

/** Where it happened; `web` where it is left out. `api`, `system` and `webhook` are taken from ingest keys and administrators only. */
export type EventSource = 'web' | 'api' | 'mobile' | 'system' | 'webhook';

/** What it happened to; required beside `entityId`. */
export type EntityType =
  | 'project'
  | 'asset'
  | 'license'
  | 'creator'
  | 'brand'
  | 'user'
  | 'royalty'
  | 'payout'
  | 'post'
  | 'category';

/** One commerce event as it is posted. */
export interface CollectorEvent {
  /**
   * What happened. Any name.
   * @example order_completed
   */
  readonly event: string;
  /**
   * Who.
   * @example user-1
   */
  readonly distinct_id?: string | undefined;
  /**
   * Whose shop.
   * @example acme
   */
  readonly organization_id?: string | undefined;
  /**
   * The order.
   * @example ord_1002
   */
  readonly order_id?: string | undefined;
  /**
   * In major units. Money *out* on credits, commissions and payouts.
   * @example 59.97
   */
  readonly revenue?: (number | string) | undefined;
  /**
   * How many.
   * @example 3
   */
  readonly quantity?: (number | string) | undefined;
  /** What else the event says. Kept exactly. */
  readonly properties?:
    | {
        readonly [key: string]: unknown;
      }
    | undefined;
  /** Idempotency key. Without one, orders and payouts are known by their own ids, and every other request is an event of its own. */
  readonly event_id?: string | undefined;
  /**
   * Format: date-time
   * When it happened, RFC 3339; without one, when it was received.
   * @example 2026-01-15T14:20:00Z
   */
  readonly timestamp?: string | undefined;
  /** The checkout session. */
  readonly session_id?: string | undefined;
  /** The page. */
  readonly url?: string | undefined;
  /** The page before. */
  readonly referrer?: string | undefined;
  /** The product. */
  readonly product_id?: string | undefined;
  /** The cart. */
  readonly cart_id?: string | undefined;
}

/** One commerce event in its envelope, as it goes over NATS. */
export interface CommerceEvent {
  /**
   * The id of what the event is about, such as the order’s: *not* of the event. Created, completed and refunded of one order share it. May be empty.
   * @example ord_1001
   */
  readonly id?: string | undefined;
  /**
   * What happened, dotted; names that nobody knows yet are taken too.
   * @example order.completed
   */
  readonly type: string;
  /**
   * Format: date-time
   * When it happened: RFC 3339 with its zone and up to nine digits of a second. Part of the idempotency key, as it is spelt.
   * @example 2026-01-15T12:02:00.468529245Z
   */
  readonly timestamp: string;
  /**
   * Whose shop. May be empty.
   * @example acme
   */
  readonly organization_id?: string | undefined;
  /**
   * Who.
   * @example user-1
   */
  readonly user_id?: string | undefined;
  /**
   * The checkout session that it belongs to.
   * @example chk_4c1d9e02
   */
  readonly session_id?: string | undefined;
  /** What the event says; amounts in decimal major units. Kept exactly. */
  readonly data?:
    | {
        readonly [key: string]: unknown;
      }
    | undefined;
  /** The event for GA4. What is malformed is kept and flagged. */
  readonly ga4?: GA4EcommerceEvent | undefined;
  /** The event for Meta. What is malformed is kept and flagged. */
  readonly facebook_capi?: FacebookCAPIEvent | undefined;
}

/** The event in the form of GA4’s enhanced e-commerce. */
export interface GA4EcommerceEvent {
  /**
   * GA4’s name.
   * @example purchase
   */
  readonly event_name: string;
  /**
   * Of the value.
   * @example USD
   */
  readonly currency?: string | undefined;
  /**
   * In major units.
   * @example 59.97
   */
  readonly value?: number | undefined;
  /** What it is about. */
  readonly items?: readonly GA4Item[] | undefined;
  /** Whatever else GA4 takes. */
  readonly parameters?:
    | {
        readonly [key: string]: unknown;
      }
    | undefined;
}

/** One item of a GA4 e-commerce event. */
export interface GA4Item {
  /**
   * The product.
   * @example prod_1
   */
  readonly item_id: string;
  /**
   * Its name.
   * @example Green tea
   */
  readonly item_name: string;
  /** Its brand. */
  readonly item_brand?: string | undefined;
  /** Its category. */
  readonly item_category?: string | undefined;
  /**
   * Of one, in major units.
   * @example 19.99
   */
  readonly price: number;
  /**
   * How many.
   * @example 3
   */
  readonly quantity: number;
  /**
   * Of the price.
   * @example USD
   */
  readonly currency?: string | undefined;
}

/** The event in the form of Meta’s Conversions API. */
export interface FacebookCAPIEvent {
  /**
   * Meta’s name.
   * @example Purchase
   */
  readonly event_name: string;
  /**
   * In seconds since 1970.
   * @example 1768478520
   */
  readonly event_time: number;
  /**
   * Where it happened.
   * @example website
   */
  readonly action_source: string;
  /** Whom it is about. */
  readonly user_data?: FacebookUserData | undefined;
  /** Whatever else Meta takes. */
  readonly custom_data?:
    | {
        readonly [key: string]: unknown;
      }
    | undefined;
}

/** Whom Meta may match; `em` and `ph` are hashed. */
export interface FacebookUserData {
  /** SHA-256 of the e-mail. */
  readonly em?: string | undefined;
  /** SHA-256 of the telephone. */
  readonly ph?: string | undefined;
  /** The sender’s user id, not hashed. */
  readonly external_id?: string | undefined;
  /** The visitor’s address. */
  readonly client_ip_address?: string | undefined;
  /** The visitor’s browser. */
  readonly client_user_agent?: string | undefined;
  /** Meta’s click id. */
  readonly fbc?: string | undefined;
  /** Meta’s browser id. */
  readonly fbp?: string | undefined;
}

/** The known types of analytics events; others are taken too. */
export type KnownEventType =
  | 'user_signed_up'
  | 'user_logged_in'
  | 'user_logged_out'
  | 'user_profile_updated'
  | 'user_password_changed'
  | 'user_email_verified'
  | 'asset_uploaded'
  | 'asset_viewed'
  | 'asset_downloaded'
  | 'asset_preview_generated'
  | 'asset_approved'
  | 'asset_rejected'
  | 'asset_updated'
  | 'asset_deleted'
  | 'asset_shared'
  | 'project_created'
  | 'project_started'
  | 'project_completed'
  | 'project_archived'
  | 'project_updated'
  | 'project_deleted'
  | 'license_created'
  | 'license_signed'
  | 'license_renewed'
  | 'license_expired'
  | 'license_terminated'
  | 'license_viewed'
  | 'license_clicked'
  | 'royalty_calculated'
  | 'royalty_statement_generated'
  | 'royalty_statement_reviewed'
  | 'payout_completed'
  | 'payout_failed'
  | 'page_viewed'
  | 'cta_clicked'
  | 'search_performed'
  | 'filter_applied'
  | 'button_clicked'
  | 'form_submitted'
  | 'modal_opened'
  | 'modal_closed'
  | 'creator_profile_created'
  | 'creator_profile_updated'
  | 'creator_verified'
  | 'creator_portfolio_viewed'
  | 'brand_profile_created'
  | 'brand_profile_updated'
  | 'brand_verified'
  | 'brand_project_viewed'
  | 'email_sent'
  | 'email_opened'
  | 'email_clicked'
  | 'email_bounced'
  | 'webhook_received'
  | 'job_completed'
  | 'job_failed'
  | 'error_occurred'
  | 'api_request'
  | 'ownership_created'
  | 'ownership_transferred'
  | 'ownership_verified'
  | 'post_viewed'
  | 'post_scroll_depth'
  | 'post_engagement_time'
  | 'post_cta_clicked'
  | 'post_shared'
  | 'post_comment_clicked'
  | 'post_like_clicked'
  | 'post_download_clicked'
  | 'post_subscribed'
  | 'post_experiment_viewed'
  | 'post_session_start'
  | 'post_session_end'
  | 'post_page_exit'
  | 'post_email_capture'
  | 'post_social_share_clicked'
  | 'post_bounce'
  | 'post_read_complete'
  | 'post_engagement_milestone';

/** What a batch door answers. */
export interface BatchAnswer {
  /** One verdict an event, in order. */
  readonly results: readonly BatchVerdict[];
}

/** What became of one event of a batch. */
export interface BatchVerdict {
  readonly eventId: string | null;
  /** `accepted`: it survives a crash. `rejected`: it breaks the contract. `skipped`: not kept by a privacy signal. `failed`: our fault, send it again. */
  readonly verdict: 'accepted' | 'rejected' | 'skipped' | 'failed';
  readonly breaches?: readonly Breach[] | undefined;
}

/** What an event breaks of its contract. */
export interface Breach {
  /** `body` where it is the whole. */
  readonly field: string;
  readonly reason: string;
}

/** What the analytics door answers. */
export type AnalyticsAnswer =
  | {
      readonly tracked: true;
      /** Format: uuid */
      readonly eventId: string;
    }
  | {
      readonly tracked: false;
      readonly reason: 'dnt';
    }
  | {
      readonly tracked: false;
      readonly eventId: null;
    };
