import type { AnalyticsEventDto } from '#libs/contracts';

/** `props` as they are stored: the one way from an event to `props_json`. */
export const propsJsonOf = ({ props }: AnalyticsEventDto): string | null =>
  props === undefined ? null : JSON.stringify(props);
