// The part of the published contract that the client needs, under the names that its users see: a
// small OpenAPI document of its own, without the dashboards and without what TypeScript cannot say.

/** Published name → the client's, and what is said of the type, which the document says of fields only. */
const TYPES = {
  CheckoutEventDto: ['CheckoutEvent', 'One checkout event as front ends send it.'],
  CheckoutEventName: ['CheckoutEventName', 'What happened in a checkout.'],
  CheckoutType: ['CheckoutType'],
  CheckoutMode: ['CheckoutMode'],
  ExecutionEnvironment: ['ExecutionEnvironment'],
  CheckoutStep: ['CheckoutStep', 'A step of the checkout.'],
  PaymentMethod: ['PaymentMethod'],
  TrackingEventDto: ['TrackingEvent', 'One tracking event; `eventType` tells which.'],
  PageViewEventDto: ['PageViewEvent', 'A page was viewed.'],
  CockpitCreateEventDto: ['CockpitCreateEvent', 'A creator is making a product in the cockpit.'],
  CockpitCreatedEventDto: ['CockpitCreatedEvent', 'A creator has made a product in the cockpit.'],
  CockpitBuyEventDto: ['CockpitBuyEvent', 'A buyer is in the cockpit.'],
  FlowType: ['FlowType'],
  AnalyticsEventDto: ['AnalyticsEvent', 'One event of the creators’ platform.'],
  EventContextDto: ['EventContext', 'What a server knows of the visitor for whom it speaks.'],
  EventSessionDto: ['EventSession', 'For whom a server speaks.'],
  AttributionDto: ['Attribution', 'What brought the visitor.'],
  EventSource: ['EventSource'],
  EntityType: ['EntityType'],
  CollectorEventDto: ['CollectorEvent', 'One commerce event as it is posted.'],
  CommerceEventDto: ['CommerceEvent', 'One commerce event in its envelope, as it goes over NATS.'],
  GA4EcommerceEvent: ['GA4EcommerceEvent', 'The event in the form of GA4’s enhanced e-commerce.'],
  GA4Item: ['GA4Item', 'One item of a GA4 e-commerce event.'],
  FacebookCAPIEvent: ['FacebookCAPIEvent', 'The event in the form of Meta’s Conversions API.'],
  FacebookUserData: ['FacebookUserData', 'Whom Meta may match; `em` and `ph` are hashed.'],
};

/** The document of the client's types. @throws where a schema refers to one that has no name there. */
export function clientDocument(published) {
  const { schemas } = published.components;
  const named = Object.entries(TYPES).map(([name, [alias, description]]) => [
    alias,
    { ...simplified(schemas[name]), ...(description && { description }) },
  ]);
  const known = Object.keys(knownEventTypes(published));
  return {
    openapi: '3.0.3',
    info: { title: 'client', version: '1' },
    paths: {},
    components: {
      schemas: {
        ...Object.fromEntries(named),
        KnownEventType: {
          type: 'string',
          enum: known,
          description: 'The known types of analytics events; others are taken too.',
        },
        ...answersOf(published),
      },
    },
  };
}

/** Value → what it means. */
export const knownEventTypes = ({ components }) =>
  components.schemas.AnalyticsEventDto.properties.eventType['x-known-values'];

/** Name → the text that front ends send with it. */
export const checkoutDescriptions = ({ components }) =>
  components.schemas.CheckoutEventName['x-enumDescriptions'];

/** What the doors answer, which is published in place. */
function answersOf({ paths }) {
  const answer = (path, status) =>
    structuredClone(paths[path].post.responses[status].content['application/json'].schema);
  const batch = answer('/events/checkout/batch', 200);
  const verdict = batch.properties.results.items;
  const breach = verdict.properties.breaches.items;
  batch.properties.results.items = ref('BatchVerdict');
  verdict.properties.breaches.items = ref('Breach');
  return {
    BatchAnswer: { ...batch, description: 'What a batch door answers.' },
    BatchVerdict: { ...verdict, description: 'What became of one event of a batch.' },
    Breach: { ...breach, description: 'What an event breaks of its contract.' },
    AnalyticsAnswer: {
      ...answer('/events/analytics', 202),
      description: 'What the analytics door answers.',
    },
  };
}

const ref = (name) => ({ $ref: `#/components/schemas/${name}` });

/** As TypeScript can say it: limits, patterns and what only Ajv reads are left out. */
function simplified(schema) {
  const { $ref, allOf, anyOf, oneOf, properties, items, format, ...rest } = schema;
  const target = $ref ?? allOf?.[0].$ref;
  if (target) return { ...ref(aliasOf(target)), ...described(rest) };
  const variants = rest['x-lenient'] ? anyOf.slice(0, 1) : (anyOf ?? oneOf);
  return {
    ...described(rest),
    ...(rest.type && { type: rest.type }),
    ...(rest.enum && { enum: rest.enum }),
    ...(rest.not && { not: rest.not }),
    ...(rest.required && { required: rest.required }),
    ...(rest.additionalProperties && { additionalProperties: true }),
    ...(rest['x-known-values'] && { 'x-open': 'KnownEventType' }),
    ...(format === 'date-time' && { format }),
    ...(items && { items: simplified(items) }),
    ...(variants && { anyOf: variants.map(simplified) }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, property]) => [name, simplified(property)]),
      ),
    }),
  };
}

/** The first paragraph: the list of what values mean is a value of the client's own. */
const described = ({ description, example }) => ({
  ...(description && { description: description.split('\n\n')[0] }),
  ...(['string', 'number'].includes(typeof example) && { example }),
});

function aliasOf(reference) {
  const name = reference.split('/').at(-1);
  if (!TYPES[name]) throw new Error(`${name} is referred to, and has no name in the client`);
  return TYPES[name][0];
}
