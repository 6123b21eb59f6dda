import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.join(import.meta.dirname, '../../..');

/** The doc comments of the properties of an exported constant, by property name: written once, read by people and by the document. */
export function commentsOf(file: string, constant: string): Record<string, string> {
  const source = ts.createSourceFile(file, readFileSync(path.join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const comments: Record<string, string> = {};
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    const [declaration] = statement.declarationList.declarations;
    if (!declaration?.initializer || declaration.name.getText(source) !== constant) continue;
    for (const property of propertiesOf(declaration.initializer)) {
      const [doc] = ts.getJSDocCommentsAndTags(property).filter(ts.isJSDoc);
      const text = doc && ts.getTextOfJSDocComment(doc.comment);
      if (text) comments[nameOf(property)] = text.replace(/\s+/g, ' ');
    }
  }
  return comments;
}

function propertiesOf(expression: ts.Expression): readonly ts.PropertyAssignment[] {
  if (ts.isAsExpression(expression) || ts.isSatisfiesExpression(expression)) return propertiesOf(expression.expression);
  return ts.isObjectLiteralExpression(expression) ? expression.properties.filter(ts.isPropertyAssignment) : [];
}

function nameOf({ name }: ts.PropertyAssignment): string {
  return ts.isStringLiteral(name) || ts.isIdentifier(name) ? name.text : name.getText();
}
