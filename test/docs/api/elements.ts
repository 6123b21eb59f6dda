import { bullet, section } from './markdown.js';

interface Named {
  name: string;
  description?: string;
  default?: string;
  inheritedFrom?: { name: string };
  type?: { text: string };
}

interface MemberOfElement extends Named {
  kind: 'field' | 'method';
  static?: boolean;
  readonly?: boolean;
  attribute?: string;
  parameters?: { name: string; optional?: boolean; default?: string; type?: { text: string } }[];
  return?: { type?: { text: string } };
}

interface ElementDeclaration {
  tagName: string;
  summary: string;
  description?: string;
  members: MemberOfElement[];
  slots?: Named[];
  events?: Named[];
  cssParts?: Named[];
  cssProperties?: Named[];
}

/** The part of a manifest of custom elements that the reference is made of. */
export interface ElementsManifest {
  modules: { declarations: ElementDeclaration[] }[];
}

const usual = ({ default: value }: Named): string => (value === undefined || value === "''" ? '' : ` Default \`${value}\`.`);

function field(member: MemberOfElement): string {
  const attribute = member.attribute === undefined ? '' : ` Attribute \`${member.attribute}\`.`;
  const readonly = member.readonly === true ? ' Read only.' : '';
  return bullet(`${member.name}: ${member.type?.text ?? 'unknown'}`, `${member.description ?? ''}${attribute}${usual(member)}${readonly}`);
}

function method({ name, parameters = [], return: given, description = '' }: MemberOfElement): string {
  const taken = parameters.map((one) => {
    const mark = (one.optional ?? false) || one.default !== undefined ? '?' : '';
    return `${one.name}${mark}: ${one.type?.text ?? 'unknown'}`;
  });
  return bullet(`${name}(${taken.join(', ')}): ${given?.type?.text ?? 'void'}`, description);
}

const plain = (entry: Named): string =>
  entry.name === '' ? `- Without a name: ${entry.description ?? ''}` : bullet(entry.name, `${entry.description ?? ''}${usual(entry)}`);

function lists(element: ElementDeclaration, level: number): string[] {
  const members = element.members.filter((member) => member.static !== true);
  return [
    ...section('Properties', members.filter(({ kind }) => kind === 'field').map(field), level),
    ...section('Methods', members.filter(({ kind }) => kind === 'method').map(method), level),
    ...section('Slots', (element.slots ?? []).map(plain), level),
    ...section('Events', (element.events ?? []).map(plain), level),
    ...section('Parts', (element.cssParts ?? []).map(plain), level),
    ...section('Custom properties', (element.cssProperties ?? []).map(plain), level),
  ];
}

const isShared = ({ inheritedFrom }: Named): boolean => inheritedFrom?.name === 'ParleyElement';

/** What an element has of its own; what all have is told once. */
function own(element: ElementDeclaration): ElementDeclaration {
  const without = <T extends Named>(entries: T[] = []): T[] => entries.filter((entry) => !isShared(entry));
  return { ...element, members: without(element.members), cssProperties: without(element.cssProperties) };
}

/** widgets/API.md from the manifest that the build writes. */
export function elementsReference({ modules }: ElementsManifest): string {
  const elements = modules.flatMap(({ declarations }) => declarations);
  const shared = elements.find(({ members }) => members.some(isShared));
  const common = {
    tagName: '',
    summary: '',
    members: shared?.members.filter(isShared) ?? [],
    cssProperties: shared?.cssProperties?.filter(isShared) ?? [],
  };
  return [
    '# Elements: reference',
    '',
    'Written by `npm run docs:api` from the manifest of the elements (`parley-chat/custom-elements.json`). The guide is [README.md](README.md).',
    ...elements.flatMap((element) => [
      '',
      `## \`<${element.tagName}>\``,
      '',
      element.summary,
      ...(element.description ? ['', element.description] : []),
      ...lists(own(element), 3),
    ]),
    '',
    '## What all of them have',
    '',
    'All but `<parley-session>`, which shows nothing.',
    ...lists(common, 3),
    '',
  ].join('\n');
}
