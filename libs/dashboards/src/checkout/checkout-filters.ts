import type { CheckoutFilters, CheckoutQuestion } from '#libs/contracts';

/** The filters of a question, for the database and for the answer. */
export const filtersOf = (question: CheckoutQuestion): CheckoutFilters => ({
  offerId: question.offerId ?? null,
  producerId: question.producerId ?? null,
  productId: question.productId ?? null,
  traffic: question.traffic,
});
