/** Who may send events of a type: everybody, or ingest keys and administrators. */
export const EVENT_SENDERS = ['anyone', 'server'] as const;
export type EventSender = (typeof EVENT_SENDERS)[number];

/**
 * Known types of events, by group, with what each says. A catalogue, not a closed list: events of
 * other types are taken and stored too, but no dashboard knows them.
 */
export const EVENT_TYPE_GROUPS = {
  user: {
    user_signed_up: 'A user signs up.',
    user_logged_in: 'A user logs in.',
    user_logged_out: 'A user logs out.',
    user_profile_updated: 'A user changes their profile.',
    user_password_changed: 'A user changes their password.',
    user_email_verified: 'A user’s e-mail address is verified.',
  },
  asset: {
    asset_uploaded: 'A creator uploads an asset.',
    asset_viewed: 'An asset is viewed: a view in dashboards.',
    asset_downloaded: 'An asset is downloaded: a click in dashboards.',
    asset_preview_generated: 'A preview of an asset is made.',
    asset_approved: 'An asset is approved.',
    asset_rejected: 'An asset is rejected.',
    asset_updated: 'An asset is changed.',
    asset_deleted: 'An asset is deleted.',
    asset_shared: 'An asset is shared.',
  },
  project: {
    project_created: 'A brand creates a project.',
    project_started: 'A project starts.',
    project_completed: 'A project is completed.',
    project_archived: 'A project is archived.',
    project_updated: 'A project is changed.',
    project_deleted: 'A project is deleted.',
  },
  license: {
    license_created: 'A licence is created: a conversion in dashboards.',
    license_signed: 'A licence is signed by its parties.',
    license_renewed: 'A licence is renewed.',
    license_expired: 'A licence expires.',
    license_terminated: 'A licence is ended before its time.',
    license_viewed: 'A licence is viewed.',
    license_clicked: 'A licence is clicked: a click in dashboards.',
  },
  royalty: {
    royalty_calculated: 'A royalty is calculated.',
    royalty_statement_generated: 'A statement of royalties is made.',
    royalty_statement_reviewed: 'A statement of royalties is reviewed.',
  },
  payout: {
    payout_completed: 'A creator receives a payout.',
    payout_failed: 'A payout fails.',
  },
  interaction: {
    page_viewed: 'A page is viewed.',
    cta_clicked: 'A call to action is clicked.',
    search_performed: 'Something is searched for.',
    filter_applied: 'A list is filtered.',
    button_clicked: 'A button is clicked.',
    form_submitted: 'A form is submitted.',
    modal_opened: 'A dialogue opens.',
    modal_closed: 'A dialogue is closed.',
  },
  creator: {
    creator_profile_created: 'A creator’s profile is made.',
    creator_profile_updated: 'A creator’s profile is changed.',
    creator_verified: 'A creator is verified.',
    creator_portfolio_viewed: 'A creator’s portfolio is viewed.',
  },
  brand: {
    brand_profile_created: 'A brand’s profile is made.',
    brand_profile_updated: 'A brand’s profile is changed.',
    brand_verified: 'A brand is verified.',
    brand_project_viewed: 'A brand’s project is viewed.',
  },
  email: {
    email_sent: 'An e-mail is sent.',
    email_opened: 'An e-mail is opened.',
    email_clicked: 'A link of an e-mail is clicked.',
    email_bounced: 'An e-mail comes back.',
  },
  system: {
    webhook_received: 'A webhook is called.',
    job_completed: 'A background job is done.',
    job_failed: 'A background job fails.',
    error_occurred: 'An error happens.',
    api_request: 'The API is asked something.',
  },
  ownership: {
    ownership_created: 'An asset gets an owner.',
    ownership_transferred: 'An asset goes to another owner.',
    ownership_verified: 'An ownership is verified.',
  },
  post: {
    post_viewed: 'A post is viewed.',
    post_scroll_depth: 'A post is scrolled to a depth.',
    post_engagement_time: 'Time is spent on a post.',
    post_cta_clicked: 'A call to action of a post is clicked.',
    post_shared: 'A post is shared.',
    post_comment_clicked: 'The comments of a post are clicked.',
    post_like_clicked: 'A post is liked.',
    post_download_clicked: 'A download of a post is clicked.',
    post_subscribed: 'A reader of a post subscribes.',
    post_experiment_viewed: 'A variant of a post is viewed.',
    post_session_start: 'A reader begins.',
    post_session_end: 'A reader ends.',
    post_page_exit: 'A reader leaves the page.',
    post_email_capture: 'A reader leaves an e-mail address.',
    post_social_share_clicked: 'A post is shared by a social button.',
    post_bounce: 'A reader leaves at once.',
    post_read_complete: 'A post is read to its end.',
    post_engagement_milestone: 'A reader reaches a milestone.',
  },
} as const;

export type EventTypeGroup = keyof typeof EVENT_TYPE_GROUPS;

export const EVENT_TYPE_GROUP_NAMES = Object.keys(EVENT_TYPE_GROUPS) as EventTypeGroup[];

type ValueOf<Group> = Group extends unknown ? keyof Group & string : never;
export type KnownEventType = ValueOf<(typeof EVENT_TYPE_GROUPS)[EventTypeGroup]>;

/** One entry of the registry. */
export interface EventTypeEntry {
  /** `ASSET_VIEWED` */
  readonly key: Uppercase<KnownEventType>;
  /** `asset_viewed`: what is sent. */
  readonly value: KnownEventType;
  readonly group: EventTypeGroup;
  readonly description: string;
  readonly sentBy: EventSender;
}

export const EVENT_TYPE_REGISTRY: readonly EventTypeEntry[] = EVENT_TYPE_GROUP_NAMES.flatMap(
  (group) =>
    Object.entries(EVENT_TYPE_GROUPS[group]).map(([value, description]) => ({
      key: value.toUpperCase() as Uppercase<KnownEventType>,
      value: value as KnownEventType,
      group,
      description,
      sentBy: senderOf(value),
    })),
);

/** `EVENT_TYPES.ASSET_VIEWED` is `asset_viewed`. */
export const EVENT_TYPES = Object.fromEntries(
  EVENT_TYPE_REGISTRY.map(({ key, value }) => [key, value]),
) as { readonly [Value in KnownEventType as Uppercase<Value>]: Value };

const KNOWN: ReadonlySet<string> = new Set(Object.values(EVENT_TYPES));

export const isKnownEventType = (type: string): type is KnownEventType => KNOWN.has(type);

/**
 * Licences, royalties and payouts are money, or lead to it: whoever could send their events from a
 * browser's console could write a creator's figures. By the first word, in whatever case, so that a
 * type that the registry lacks is no way around it.
 */
export function senderOf(eventType: string): EventSender {
  return /^(licen[cs]es?|royalty|royalties|payouts?)(?![a-z0-9])/i.test(eventType)
    ? 'server'
    : 'anyone';
}
