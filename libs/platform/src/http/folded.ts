/**
 * A question of a published description whose answer, in Markdown, is closed until somebody asks.
 * `section` is there for Swagger UI, whose Markdown does not know `details` by itself.
 */
export const folded = (question: string, answer: string): string =>
  `<section><details><summary>${question}</summary>\n\n${answer.trim()}\n\n</details></section>`;
