import type {
  CheckoutFilters,
  CheckoutQuestion,
  CheckoutSessionsFilters,
  CheckoutSessionsQuestion,
} from '#libs/contracts';
import type { Caller } from '#libs/platform';
import { onlyOwn } from '../owners.js';

/**
 * The filters of a question, for the database and for the answer. Whoever is bound to a producer
 * asks about that one.
 *
 * @throws NotFoundException where it asks about another's.
 */
export const filtersOf = (question: CheckoutQuestion, caller: Caller): CheckoutFilters => ({
  offerId: question.offerId ?? null,
  producerId: onlyOwn(caller, 'producer', question.producerId),
  productId: question.productId ?? null,
  traffic: question.traffic,
});

/** The same filters, for what can tell sessions apart further. */
export const ofAllSessions = (filters: CheckoutFilters): CheckoutSessionsFilters => ({
  ...filters,
  checkoutType: null,
  checkoutMode: null,
  paymentMethod: null,
  fullHostname: null,
});

/** The same of a question about sessions. @throws NotFoundException likewise. */
export const sessionsFiltersOf = (
  question: CheckoutSessionsQuestion,
  caller: Caller,
): CheckoutSessionsFilters => ({
  ...filtersOf(question, caller),
  checkoutType: question.checkoutType ?? null,
  checkoutMode: question.checkoutMode ?? null,
  paymentMethod: question.paymentMethod ?? null,
  fullHostname: question.fullHostname ?? null,
});
