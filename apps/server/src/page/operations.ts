import type { OpenAPIObject } from '@nestjs/swagger';

type PathItem = OpenAPIObject['paths'][string];

export interface PublishedOperation {
  /** As in `CONTENTS`, such as `GET /offers`. */
  readonly name: string;
  readonly path: string;
  readonly operation: NonNullable<PathItem['get']>;
}

const METHODS = ['get', 'put', 'post', 'patch', 'delete'] as const;

/** Every operation of a document. */
export const operationsOf = ({ paths }: OpenAPIObject): PublishedOperation[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation ? [{ name: `${method.toUpperCase()} ${path}`, path, operation }] : [];
    }),
  );
