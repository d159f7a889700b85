/** $1 offer ids. What is deleted is as unknown as what never was. */
export const KNOWN_OFFERS = {
  name: 'known_offers',
  text: `
  SELECT offer_id AS "offerId", product_id AS "productId", producer_id AS "producerId"
  FROM offers WHERE offer_id = ANY($1::text[]) AND deleted_at IS NULL
`,
};
