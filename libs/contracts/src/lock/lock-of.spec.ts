import { describe, expect, it } from '@jest/globals';
import { lockOf } from './lock-of.js';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const taking = (schema: object, ...statuses: string[]) => ({
  requestBody: { content: { 'application/json': { schema } } },
  responses: Object.fromEntries([...statuses, '400'].map((status) => [status, {}])),
});

describe('the lock of a document', () => {
  it('names every operation that takes a body, with its answers of success', () => {
    const { doors } = lockOf({
      paths: {
        '/events': { post: taking(ref('EventDto'), '202', '204'), get: { responses: { 200: {} } } },
        '/events/batch': { post: taking({ type: 'array', items: ref('EventDto') }, '200') },
      },
      components: { schemas: { EventDto: { properties: {} } } },
    });

    expect(doors).toEqual({
      'POST /events': { body: 'EventDto', answers: ['202', '204'] },
      'POST /events/batch': { body: 'EventDto[]', answers: ['200'] },
    });
  });

  it('says all that a field demands, through references and inside objects and lists', () => {
    const schemas = {
      Colour: { type: 'string', enum: ['red', 'blue'] },
      Part: { type: 'object', required: ['size'], properties: { size: { type: 'integer' } } },
      EventDto: {
        type: 'object',
        required: ['id'],
        properties: {
          id: {
            type: 'string',
            minLength: 1,
            maxLength: 9,
            'x-normalise': 'trim',
            description: '-',
          },
          colour: { description: 'Which.', allOf: [ref('Colour')] },
          secret: { type: 'string', not: {} },
          part: ref('Part'),
          parts: { type: 'array', maxItems: 3, items: ref('Part') },
        },
      },
    };

    const { contracts } = lockOf({
      paths: { '/events': { post: taking(ref('EventDto')) } },
      components: { schemas },
    });

    expect(contracts).toEqual({
      EventDto: {
        fields: {
          id: { rule: 'required', type: 'string', minLength: 1, maxLength: 9, normalise: 'trim' },
          colour: { rule: 'optional', type: 'string', values: ['red', 'blue'] },
          secret: { rule: 'forbidden' },
          part: { rule: 'optional', type: 'object' },
          'part.size': { rule: 'required', type: 'integer' },
          parts: { rule: 'optional', type: 'array', maxItems: 3 },
          'parts[]': { rule: 'optional', type: 'object' },
          'parts[].size': { rule: 'required', type: 'integer' },
        },
      },
    });
  });

  it('records what keywords of our own judge', () => {
    const limits = { earliest: 0, latest: 9, mostAhead: 1, mostBehind: 2 };
    const at = { type: 'string', 'x-time': limits };
    const props = { type: 'object', 'x-storable': true };
    const part = { anyOf: [{}], 'x-lenient': true };

    const { contracts } = lockOf({
      paths: { '/events': { post: taking(ref('EventDto')) } },
      components: { schemas: { EventDto: { type: 'object', properties: { at, props, part } } } },
    });

    expect(contracts['EventDto']?.fields).toEqual({
      at: { rule: 'optional', type: 'string', ...limits },
      props: { rule: 'optional', type: 'object', storable: true },
      part: { rule: 'optional', lenient: true },
    });
  });

  it('records the other name of a field, what it requires, and what one of several types takes', () => {
    const time = { anyOf: [{ type: 'integer' }, { type: 'string' }], 'x-accepts': 'a time' };
    const id = { type: 'string', 'x-alias': 'identity', 'x-requires': 'time' };

    const { contracts } = lockOf({
      paths: { '/events': { post: taking(ref('EventDto')) } },
      components: { schemas: { EventDto: { type: 'object', properties: { id, time } } } },
    });

    expect(contracts['EventDto']?.fields).toEqual({
      id: { rule: 'optional', type: 'string', alias: 'identity', requires: 'time' },
      time: { rule: 'optional', accepts: 'a time' },
    });
  });

  it('tells the variants of a union apart', () => {
    const schemas = {
      Seen: { type: 'object', properties: { url: { type: 'string' } } },
      EventDto: { oneOf: [ref('Seen')] },
    };

    const { contracts } = lockOf({
      paths: { '/events': { post: taking(ref('EventDto')) } },
      components: { schemas },
    });

    expect(contracts['EventDto']?.fields).toEqual({
      '(Seen).url': { rule: 'optional', type: 'string' },
    });
  });

  it('ends where a schema holds itself', () => {
    const schemas = { Tree: { type: 'object', properties: { child: ref('Tree') } } };

    const { contracts } = lockOf({
      paths: { '/trees': { put: taking(ref('Tree')) } },
      components: { schemas },
    });

    expect(Object.keys(contracts['Tree']?.fields ?? {})).toEqual(['child']);
  });
});
