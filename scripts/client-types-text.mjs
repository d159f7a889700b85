// Prints the schemas of a document as TypeScript that a person could have written.
import openApiTypes from 'openapi-typescript';
import ts from 'typescript';

const { factory: make, SyntaxKind } = ts;
const printer = ts.createPrinter();
const NO_FILE = ts.createSourceFile('types.ts', '', ts.ScriptTarget.Latest);

/** One exported type a schema, instead of `components['schemas'][…]`. */
export async function typesOf(document) {
  const nodes = await openApiTypes(document, {
    silent: true,
    immutable: true,
    defaultNonNullable: false,
    transform: (schema) => {
      // What the server resolves is not merely left out: to send it is a breach.
      if (schema.not) return make.createKeywordTypeNode(SyntaxKind.NeverKeyword);
      return schema['x-open'] && openTextOf(schema['x-open']);
    },
  });
  const components = nodes.find((node) => node.name?.text === 'components');
  const schemas = components.members.find((member) => member.name.text === 'schemas');
  return schemas.type.members.map((member) => printed(exported(member))).join('\n\n');
}

/** Any text, of which editors propose the known ones. */
const openTextOf = (name) =>
  make.createUnionTypeNode([
    make.createTypeReferenceNode(name),
    make.createIntersectionTypeNode([
      make.createKeywordTypeNode(SyntaxKind.StringKeyword),
      make.createTypeReferenceNode('Record', [
        make.createKeywordTypeNode(SyntaxKind.NeverKeyword),
        make.createKeywordTypeNode(SyntaxKind.NeverKeyword),
      ]),
    ]),
  ]);

function exported(member) {
  const type = byName(member.type);
  const modifiers = [make.createModifier(SyntaxKind.ExportKeyword)];
  const node = ts.isTypeLiteralNode(type)
    ? make.createInterfaceDeclaration(modifiers, member.name, undefined, undefined, type.members)
    : make.createTypeAliasDeclaration(modifiers, member.name, undefined, type);
  return ts.moveSyntheticComments(node, member);
}

/** References by their names, and optional fields that may be spelt out as undefined: JSON drops them. */
const byName = (node) =>
  ts.transform(node, [
    (context) => (root) => {
      const visit = (each) => {
        if (ts.isIndexedAccessTypeNode(each) && ts.isLiteralTypeNode(each.indexType)) {
          return make.createTypeReferenceNode(each.indexType.literal.text);
        }
        const visited = ts.visitEachChild(each, visit, context);
        return ts.isPropertySignature(visited) && visited.questionToken
          ? ts.moveSyntheticComments(orUndefined(visited), visited)
          : visited;
      };
      return visit(root);
    },
  ]).transformed[0];

const orUndefined = ({ modifiers, name, questionToken, type }) =>
  make.createPropertySignature(
    modifiers,
    name,
    questionToken,
    type.kind === SyntaxKind.NeverKeyword
      ? type
      : make.createUnionTypeNode([type, make.createKeywordTypeNode(SyntaxKind.UndefinedKeyword)]),
  );

/** Comments as people write them, in one line where it is one; `@enum` repeats the type. */
const printed = (node) =>
  printer
    .printNode(ts.EmitHint.Unspecified, node, NO_FILE)
    .replaceAll(/^\s*\/\*\* @enum .* \*\/\n|^\s*\* @enum .*\n/gm, '')
    .replaceAll('@description ', '')
    .replaceAll(/\/\*\*\n\s*\* (.*)\n\s*\*\//g, '/** $1 */');
