import ts from 'typescript';

/** A test as its source names it. */
export interface Title {
  /** With `…` where the source puts a value in. */
  text: string;
  file: string;
  /** From 1. */
  line: number;
}

const SUITES = new Set(['describe', 'suite']);
const TESTS = new Set(['it', 'test']);
/** What is not run proves nothing. */
const NOT_RUN = new Set(['skip', 'todo']);

/**
 * The titles of the tests of a source file that are run, and of the groups that hold one. `it.only` counts, `it.skip`, `it.todo` and
 * `{ skip: true }` do not, and neither does what lies within a group that is skipped. Of a template only the written parts are known.
 */
export function titlesOf(file: string, source: string): Title[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const found: Title[] = [];
  /** Says whether a test is below. */
  const visit = (node: ts.Node): boolean => {
    const kind = ts.isCallExpression(node) ? kindOf(node) : null;
    if (kind === 'none') return false;
    const at = found.length;
    let holds = kind === 'test';
    ts.forEachChild(node, (child) => {
      if (visit(child)) holds = true;
    });
    if (kind !== null && holds && ts.isCallExpression(node)) {
      const text = titleOf(node.arguments[0]);
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
      if (text !== null) found.splice(at, 0, { text, file, line: line + 1 });
    }
    return holds;
  };
  visit(tree);
  return found;
}

/** What a call is: a test, a group of tests, one of these that is not run, or something else. */
function kindOf({ expression, arguments: args }: ts.CallExpression): 'test' | 'suite' | 'none' | null {
  const names: string[] = [];
  let callee: ts.Expression = expression;
  for (; ts.isPropertyAccessExpression(callee); callee = callee.expression) names.unshift(callee.name.text);
  if (!ts.isIdentifier(callee)) return null;
  // A test within a test of node:test is `t.test(...)`, whatever the parameter is called.
  const subtest = names.length === 1 && names[0] === 'test' && args.length > 1;
  const name = subtest ? 'test' : callee.text;
  if (!SUITES.has(name) && !TESTS.has(name)) return null;
  if (names.some((word) => NOT_RUN.has(word)) || args.some(isSwitchedOff)) return 'none';
  return SUITES.has(name) ? 'suite' : 'test';
}

function isSwitchedOff(argument: ts.Expression): boolean {
  return (
    ts.isObjectLiteralExpression(argument) &&
    argument.properties.some(
      (property) =>
        ts.isPropertyAssignment(property) &&
        ts.isIdentifier(property.name) &&
        NOT_RUN.has(property.name.text) &&
        (property.initializer.kind === ts.SyntaxKind.TrueKeyword || ts.isStringLiteralLike(property.initializer)),
    )
  );
}

function titleOf(argument: ts.Expression | undefined): string | null {
  if (argument === undefined) return null;
  if (ts.isStringLiteralLike(argument)) return argument.text;
  if (ts.isTemplateExpression(argument))
    return argument.head.text + argument.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
  if (ts.isBinaryExpression(argument) && argument.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return `${titleOf(argument.left) ?? '…'}${titleOf(argument.right) ?? '…'}`;
  return null;
}
