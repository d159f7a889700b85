import type { OpenAPIObject } from '@nestjs/swagger';
import { CONTENTS } from './contents.js';
import { operationsOf } from './operations.js';

/**
 * Puts a document into the order of `CONTENTS`, each operation under its chapter. A process that
 * has only some of the rooms shows only their chapters; what no chapter lists comes last.
 */
export function arrange(document: OpenAPIObject): void {
  const order = CONTENTS.flatMap(({ operations }) => operations);
  const found = new Map(operationsOf(document).map((each) => [each.name, each]));
  const listed = order.flatMap((name) => found.get(name) ?? []);
  const paths = new Set([...listed.map(({ path }) => path), ...Object.keys(document.paths)]);
  document.paths = Object.fromEntries([...paths].map((path) => [path, document.paths[path]!]));
  document.tags = [];
  for (const { name, description, operations } of CONTENTS) {
    const own = operations.flatMap((operation) => found.get(operation) ?? []);
    if (own.length > 0) document.tags.push({ name, description });
    for (const { operation } of own) operation.tags = [name];
  }
}
