// Generated from libs/contracts/openapi.json by `npm run client:types`.

/** `EVENT_TYPES.ASSET_VIEWED` is `asset_viewed`. The list is open: other types are taken too. */
export const EVENT_TYPES = {
  /** A user signs up. */
  USER_SIGNED_UP: 'user_signed_up',
  /** A user logs in. */
  USER_LOGGED_IN: 'user_logged_in',
  /** A user logs out. */
  USER_LOGGED_OUT: 'user_logged_out',
  /** A user changes their profile. */
  USER_PROFILE_UPDATED: 'user_profile_updated',
  /** A user changes their password. */
  USER_PASSWORD_CHANGED: 'user_password_changed',
  /** A user’s e-mail address is verified. */
  USER_EMAIL_VERIFIED: 'user_email_verified',
  /** A creator uploads an asset. */
  ASSET_UPLOADED: 'asset_uploaded',
  /** An asset is viewed: a view in dashboards. */
  ASSET_VIEWED: 'asset_viewed',
  /** An asset is downloaded: a click in dashboards. */
  ASSET_DOWNLOADED: 'asset_downloaded',
  /** A preview of an asset is made. */
  ASSET_PREVIEW_GENERATED: 'asset_preview_generated',
  /** An asset is approved. */
  ASSET_APPROVED: 'asset_approved',
  /** An asset is rejected. */
  ASSET_REJECTED: 'asset_rejected',
  /** An asset is changed. */
  ASSET_UPDATED: 'asset_updated',
  /** An asset is deleted. */
  ASSET_DELETED: 'asset_deleted',
  /** An asset is shared. */
  ASSET_SHARED: 'asset_shared',
  /** A brand creates a project. */
  PROJECT_CREATED: 'project_created',
  /** A project starts. */
  PROJECT_STARTED: 'project_started',
  /** A project is completed. */
  PROJECT_COMPLETED: 'project_completed',
  /** A project is archived. */
  PROJECT_ARCHIVED: 'project_archived',
  /** A project is changed. */
  PROJECT_UPDATED: 'project_updated',
  /** A project is deleted. */
  PROJECT_DELETED: 'project_deleted',
  /** A licence is created: a conversion in dashboards. */
  LICENSE_CREATED: 'license_created',
  /** A licence is signed by its parties. */
  LICENSE_SIGNED: 'license_signed',
  /** A licence is renewed. */
  LICENSE_RENEWED: 'license_renewed',
  /** A licence expires. */
  LICENSE_EXPIRED: 'license_expired',
  /** A licence is ended before its time. */
  LICENSE_TERMINATED: 'license_terminated',
  /** A licence is viewed. */
  LICENSE_VIEWED: 'license_viewed',
  /** A licence is clicked: a click in dashboards. */
  LICENSE_CLICKED: 'license_clicked',
  /** A royalty is calculated. */
  ROYALTY_CALCULATED: 'royalty_calculated',
  /** A statement of royalties is made. */
  ROYALTY_STATEMENT_GENERATED: 'royalty_statement_generated',
  /** A statement of royalties is reviewed. */
  ROYALTY_STATEMENT_REVIEWED: 'royalty_statement_reviewed',
  /** A creator receives a payout. */
  PAYOUT_COMPLETED: 'payout_completed',
  /** A payout fails. */
  PAYOUT_FAILED: 'payout_failed',
  /** A page is viewed. */
  PAGE_VIEWED: 'page_viewed',
  /** A call to action is clicked. */
  CTA_CLICKED: 'cta_clicked',
  /** Something is searched for. */
  SEARCH_PERFORMED: 'search_performed',
  /** A list is filtered. */
  FILTER_APPLIED: 'filter_applied',
  /** A button is clicked. */
  BUTTON_CLICKED: 'button_clicked',
  /** A form is submitted. */
  FORM_SUBMITTED: 'form_submitted',
  /** A dialogue opens. */
  MODAL_OPENED: 'modal_opened',
  /** A dialogue is closed. */
  MODAL_CLOSED: 'modal_closed',
  /** A creator’s profile is made. */
  CREATOR_PROFILE_CREATED: 'creator_profile_created',
  /** A creator’s profile is changed. */
  CREATOR_PROFILE_UPDATED: 'creator_profile_updated',
  /** A creator is verified. */
  CREATOR_VERIFIED: 'creator_verified',
  /** A creator’s portfolio is viewed. */
  CREATOR_PORTFOLIO_VIEWED: 'creator_portfolio_viewed',
  /** A brand’s profile is made. */
  BRAND_PROFILE_CREATED: 'brand_profile_created',
  /** A brand’s profile is changed. */
  BRAND_PROFILE_UPDATED: 'brand_profile_updated',
  /** A brand is verified. */
  BRAND_VERIFIED: 'brand_verified',
  /** A brand’s project is viewed. */
  BRAND_PROJECT_VIEWED: 'brand_project_viewed',
  /** An e-mail is sent. */
  EMAIL_SENT: 'email_sent',
  /** An e-mail is opened. */
  EMAIL_OPENED: 'email_opened',
  /** A link of an e-mail is clicked. */
  EMAIL_CLICKED: 'email_clicked',
  /** An e-mail comes back. */
  EMAIL_BOUNCED: 'email_bounced',
  /** A webhook is called. */
  WEBHOOK_RECEIVED: 'webhook_received',
  /** A background job is done. */
  JOB_COMPLETED: 'job_completed',
  /** A background job fails. */
  JOB_FAILED: 'job_failed',
  /** An error happens. */
  ERROR_OCCURRED: 'error_occurred',
  /** The API is asked something. */
  API_REQUEST: 'api_request',
  /** An asset gets an owner. */
  OWNERSHIP_CREATED: 'ownership_created',
  /** An asset goes to another owner. */
  OWNERSHIP_TRANSFERRED: 'ownership_transferred',
  /** An ownership is verified. */
  OWNERSHIP_VERIFIED: 'ownership_verified',
  /** A post is viewed. */
  POST_VIEWED: 'post_viewed',
  /** A post is scrolled to a depth. */
  POST_SCROLL_DEPTH: 'post_scroll_depth',
  /** Time is spent on a post. */
  POST_ENGAGEMENT_TIME: 'post_engagement_time',
  /** A call to action of a post is clicked. */
  POST_CTA_CLICKED: 'post_cta_clicked',
  /** A post is shared. */
  POST_SHARED: 'post_shared',
  /** The comments of a post are clicked. */
  POST_COMMENT_CLICKED: 'post_comment_clicked',
  /** A post is liked. */
  POST_LIKE_CLICKED: 'post_like_clicked',
  /** A download of a post is clicked. */
  POST_DOWNLOAD_CLICKED: 'post_download_clicked',
  /** A reader of a post subscribes. */
  POST_SUBSCRIBED: 'post_subscribed',
  /** A variant of a post is viewed. */
  POST_EXPERIMENT_VIEWED: 'post_experiment_viewed',
  /** A reader begins. */
  POST_SESSION_START: 'post_session_start',
  /** A reader ends. */
  POST_SESSION_END: 'post_session_end',
  /** A reader leaves the page. */
  POST_PAGE_EXIT: 'post_page_exit',
  /** A reader leaves an e-mail address. */
  POST_EMAIL_CAPTURE: 'post_email_capture',
  /** A post is shared by a social button. */
  POST_SOCIAL_SHARE_CLICKED: 'post_social_share_clicked',
  /** A reader leaves at once. */
  POST_BOUNCE: 'post_bounce',
  /** A post is read to its end. */
  POST_READ_COMPLETE: 'post_read_complete',
  /** A reader reaches a milestone. */
  POST_ENGAGEMENT_MILESTONE: 'post_engagement_milestone',
} as const;
