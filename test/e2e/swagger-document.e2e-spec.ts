import { describe, expect, it } from '@jest/globals';
import { CONTENTS } from '../../apps/server/src/page/contents.js';
import { operationsOf } from '../../apps/server/src/page/operations.js';
import {
  examplesOf,
  keptAnswers,
  type Media,
  mediaOf,
  parametersOf,
  publishedDocument,
  validatorOf,
} from '../support/published-document.js';

const document = await publishedDocument();
const operations = operationsOf(document);
const validator = validatorOf(document);
const doors = [...(await keptAnswers()).keys()];

/** Every answer that has a body: operation, status, media type and what is published of it. */
const bodies = operations.flatMap(({ name, operation }) =>
  Object.entries(operation.responses).flatMap(([status, answer]) =>
    mediaOf(answer).map(([type, media]) => [name, status, type, media] as const),
  ),
);

interface Verdicts {
  readonly results: readonly { readonly verdict: string }[];
}

/** Where the published answer to a batch rejects a member: it is there to show how that looks. */
function brokenMembersOf(batch: string): string[] {
  const { operation } = operations.find(({ name }) => name === batch)!;
  const [[, media] = []] = mediaOf(operation.responses[200]);
  const { results } = media!.example as Verdicts;
  return results.flatMap(({ verdict }, index) => (verdict === 'rejected' ? [String(index)] : []));
}

const isJson = (type: string): boolean => type.endsWith('json');

describe('the page of the contract', () => {
  it('has a place for every operation, and no place for one that is none', () => {
    const places = CONTENTS.flatMap((chapter) => chapter.operations);

    expect(places.toSorted()).toEqual(operations.map(({ name }) => name).toSorted());
  });

  it('shows every operation under one chapter, which is explained', () => {
    const chapters = CONTENTS.map(({ name, description }) => ({ name, description }));

    expect(document.tags).toEqual(chapters);
    for (const { name, operation } of operations) {
      const chapter = CONTENTS.find((each) => each.operations.includes(name));
      expect([name, operation.tags]).toEqual([name, [chapter?.name]]);
    }
  });

  it.each(operations.map((each) => [each.name, each] as const))(
    'explains %s, each of its answers and of its parameters',
    (_name, published) => {
      const { summary, responses } = published.operation;
      const unexplained = [
        ...Object.entries(responses as Record<string, { description?: string }>)
          .filter(([, { description }]) => !description)
          .map(([status]) => status),
        ...parametersOf(published)
          .filter(({ description }) => !description)
          .map(({ name }) => name),
      ];

      expect(summary).toMatch(/^\S.{3,80}$/);
      expect(unexplained).toEqual([]);
    },
  );

  it.each(operations.map((each) => [each.name, each] as const))(
    'fills in all that %s requires',
    (_name, published) => {
      const empty = parametersOf(published).filter(
        ({ required, example, schema }) => required && (example ?? schema?.example) === undefined,
      );
      const unfilled = mediaOf(published.operation.requestBody).filter(
        ([, media]) => examplesOf(media).length === 0,
      );

      expect([...empty.map(({ name }) => name), ...unfilled.map(([type]) => type)]).toEqual([]);
    },
  );

  it.each(bodies)('shows an example of %s, %s as %s', (_name, _status, type, media: Media) => {
    const examples = examplesOf(media);

    expect(examples.length).toBeGreaterThan(0);
    for (const [, example] of examples) {
      // What no field of the answer gives an example of.
      expect(JSON.stringify(example)).not.toContain('"…"');
      if (!isJson(type)) continue;
      expect(media.schema).toBeDefined();
      const validate = validator(media.schema!);
      expect([validate(example), validate.errors]).toEqual([true, null]);
    }
  });

  it.each(doors)(
    'shows how %s refuses an event that lacks a field which its own contract requires',
    (door) => {
      const { operation } = operations.find(({ name }) => name === door)!;
      const [[, refusal] = []] = mediaOf(operation.responses[400]);
      const [[, sent] = []] = mediaOf(operation.requestBody);
      const { breaches } = refusal!.example as { breaches: { field: string }[] };
      const [[, event] = []] = examplesOf(sent!);
      const validate = validator(sent!.schema!);

      validate({ ...(event as object), [breaches[0]!.field]: undefined });

      expect((validate.errors ?? []).map(({ keyword }) => keyword)).toContain('required');
    },
  );

  it.each(
    operations.flatMap(({ name, operation }) =>
      mediaOf(operation.requestBody)
        .filter(([type]) => isJson(type))
        .map(([, media]) => [name, media] as const),
    ),
  )('fills %s in with what its own schema allows', (name, media: Media) => {
    const broken = name.endsWith('/batch') ? brokenMembersOf(name) : [];
    const validate = validator(media.schema!);

    for (const [, example] of examplesOf(media)) {
      validate(example);
      const faults = (validate.errors ?? []).map(({ instancePath }) => instancePath.split('/')[1]);
      expect([...new Set(faults)]).toEqual(broken);
    }
  });
});
