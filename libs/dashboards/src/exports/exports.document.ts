import { ProblemDocument } from '#libs/platform';
import { applyDecorators } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiNotAcceptableResponse,
  ApiOkResponse,
  ApiOperation,
} from '@nestjs/swagger';
import type { FileOf } from './exported-events.js';
import { MEDIA_TYPES } from './media-types.js';
import { spellingOf } from './spellings.js';

const DESCRIPTION = `
As CSV (RFC 4180, with a header) or NDJSON, in the fields of the list of these events; packed where
\`Accept-Encoding\` allows gzip. As long as it has to be: it is sent as it is read. In the order of the
partitions of the table (by day or by month), and within one by id: sort by time where that matters.

Days are days of UTC, both included, by the events' own time, as the sender's clock tells it. What is
stored while the file is sent may be in it or not.

In CSV what is an object or a list is JSON, and null is empty. Spreadsheets run what begins like a
formula: a text that begins, blanks left out, with \`=\`, \`+\`, \`-\` or \`@\`, or with a tab or a
carriage return, gets an apostrophe before it. Numbers stay as they are.

A file that cannot be finished ends with the connection: what came whole is whole.
`.trim();

const PROBLEM = { type: ProblemDocument };

interface Words<View extends object> {
  readonly file: FileOf<View>;
  readonly summary: string;
  /** What is personal in it, and for whom it is. */
  readonly access: string;
}

/** How a file of events looks, with an example as it is really spelt. */
export const DocumentsFile = <View extends object>({
  file,
  summary,
  access,
}: Words<View>): MethodDecorator =>
  applyDecorators(
    ApiOperation({ summary, description: `${DESCRIPTION}\n\n${access}` }),
    ApiOkResponse({
      description: 'The file.',
      content: Object.fromEntries(
        Object.entries(MEDIA_TYPES).map(([type, format]) => {
          const { head, spell } = spellingOf(file, format);
          return [type, { schema: { type: 'string' }, example: head + spell([file.example]) }];
        }),
      ),
    }),
    ApiBadRequestResponse({ ...PROBLEM, description: 'The question breaks its rules.' }),
    ApiNotAcceptableResponse({
      ...PROBLEM,
      description: '`Accept` allows neither CSV nor NDJSON.',
    }),
  );
