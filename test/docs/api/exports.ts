import path from 'node:path';
import ts from 'typescript';
import { bullet } from './markdown.js';

/** A door of the package: how it is imported, and its source. */
export interface Door {
  specifier: string;
  source: string;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
const FLAGS = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope;

/** What the comments of the sources say of what can be imported, as Markdown. */
export class ExportsReference {
  readonly #program: ts.Program;
  readonly #checker: ts.TypeChecker;
  readonly #root: string;

  constructor(root: string, doors: readonly Door[]) {
    this.#root = root;
    const config = ts.getParsedCommandLineOfConfigFile(
      path.join(root, 'tsconfig.json'),
      { noEmit: true },
      {
        ...ts.sys,
        onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
          throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'));
        },
      },
    );
    this.#program = ts.createProgram(
      doors.map(({ source }) => path.join(root, source)),
      { ...config?.options, incremental: false },
    );
    this.#checker = this.#program.getTypeChecker();
  }

  /** Everything that one door exports, functions first, then types and values in the order of the alphabet. */
  of({ specifier, source }: Door): string[] {
    const file = this.#program.getSourceFile(path.join(this.#root, source));
    const module = file && this.#checker.getSymbolAtLocation(file);
    if (!module) throw new Error(`${source} exports nothing`);
    const symbols = this.#checker
      .getExportsOfModule(module)
      .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol))
      .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'en'));
    return ['', `## \`${specifier}\``, ...symbols.flatMap((symbol) => this.#entry(symbol))];
  }

  #entry(symbol: ts.Symbol): string[] {
    const comment = this.#comment(symbol);
    return ['', `### ${symbol.name}`, ...(comment === '' ? [] : ['', comment]), ...this.#body(symbol)];
  }

  #body(symbol: ts.Symbol): string[] {
    // A schema and the type of it have one name; the type is what somebody looks for.
    const declarations = symbol.declarations ?? [];
    const declaration = declarations.find((one) => !ts.isVariableDeclaration(one)) ?? declarations[0];
    if (!declaration) return [];
    if (ts.isInterfaceDeclaration(declaration) || ts.isClassDeclaration(declaration)) {
      const kept = [...declaration.members].filter(isPublic).flatMap((member) => this.#member(member));
      const base = declaration.heritageClauses?.map((clause) => oneLine(clause.getText())).join(' ');
      return ['', ...(base === undefined ? [] : [`\`${base}\``, '']), ...kept];
    }
    if (ts.isFunctionDeclaration(declaration))
      return declarations.filter(ts.isFunctionDeclaration).flatMap((one) => {
        const signature = this.#checker.getSignatureFromDeclaration(one);
        return signature ? ['', `\`${symbol.name}${this.#checker.signatureToString(signature, one, FLAGS)}\``] : [];
      });
    if (ts.isTypeAliasDeclaration(declaration)) return ['', ...this.#alias(declaration)];
    return this.#value(symbol, declaration);
  }

  /** As it is written, unless what is written only says where it comes from. */
  #alias(declaration: ts.TypeAliasDeclaration): string[] {
    const written = oneLine(declaration.type.getText());
    if (!/\bz\.|typeof/.test(written)) return [`\`${written}\``];
    // Types that are asked by name of a command, and whole schemas, say nothing when they are written out.
    if (declaration.typeParameters || /^typeof/.test(written)) return [`\`${written}\``];
    const type = this.#checker.getTypeAtLocation(declaration.name);
    if (type.isUnion() || type.getCallSignatures().length > 0 || type.getProperties().length === 0)
      return [`\`${this.#checker.typeToString(type, undefined, FLAGS | ts.TypeFormatFlags.InTypeAlias)}\``];
    return type.getProperties().map((property) => {
      const optional = property.flags & ts.SymbolFlags.Optional ? '?' : '';
      const of = this.#checker.typeToString(this.#checker.getTypeOfSymbol(property), undefined, FLAGS);
      return bullet(`${property.name}${optional}: ${of}`, this.#comment(property));
    });
  }

  #value(symbol: ts.Symbol, declaration: ts.Declaration): string[] {
    const type = this.#checker.getTypeOfSymbolAtLocation(symbol, declaration);
    const signature = type.getCallSignatures()[0];
    if (signature) return ['', `\`${symbol.name}${this.#checker.signatureToString(signature, declaration, FLAGS)}\``];
    const lines = type.getProperties().flatMap((property) => {
      const written = property.valueDeclaration;
      if (!written || !ts.isPropertyAssignment(written)) return [];
      return [bullet(`${property.name}: ${oneLine(written.initializer.getText())}`, this.#comment(property))];
    });
    return lines.length === 0 ? [] : ['', ...lines];
  }

  #member(member: ts.ClassElement | ts.TypeElement): string[] {
    const symbol = member.name && this.#checker.getSymbolAtLocation(member.name);
    const written = ts.isConstructorDeclaration(member)
      ? `new (${member.parameters.map((parameter) => oneLine(parameter.getText())).join(', ')})`
      : oneLine(withoutBody(member).replace(/;$/, ''));
    return [bullet(written, symbol ? this.#comment(symbol) : '')];
  }

  #comment(symbol: ts.Symbol): string {
    const tags = symbol.getJsDocTags(this.#checker).map(({ name, text }) => {
      const said = ts.displayPartsToString(text);
      return name === 'throws' ? `Throws ${said}` : said;
    });
    return oneLine([ts.displayPartsToString(symbol.getDocumentationComment(this.#checker)), ...tags].join(' '));
  }
}

function withoutBody(member: ts.ClassElement | ts.TypeElement): string {
  const body = ts.isMethodDeclaration(member) || ts.isAccessor(member) ? member.body : undefined;
  return body ? member.getText().slice(0, body.getStart() - member.getStart()) : member.getText();
}

const rank = (symbol: ts.Symbol): number => (symbol.flags & ts.SymbolFlags.Function ? 0 : 1);

function isPublic(member: ts.ClassElement | ts.TypeElement): boolean {
  if (member.name && ts.isPrivateIdentifier(member.name)) return false;
  if (!ts.canHaveModifiers(member)) return true;
  return !(ts.getModifiers(member) ?? []).some(
    ({ kind }) => kind === ts.SyntaxKind.PrivateKeyword || kind === ts.SyntaxKind.ProtectedKeyword,
  );
}
