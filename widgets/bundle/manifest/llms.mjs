/* llms.txt: what somebody, or a program, who writes a host page has to know of the elements, in one file. */

const list = (title, lines) => (lines.length === 0 ? [] : ['', `${title}:`, '', ...lines]);
const named = ({ name, description, default: usual }) => `- \`${name}\`${usual === undefined ? '' : ` (${usual})`}: ${description}`;

function section({ tagName, summary, description, attributes, members, slots = [], events = [], cssParts = [], cssProperties = [] }) {
  const attribute = new Map(attributes.map(({ fieldName, name }) => [fieldName, name]));
  const fields = members.filter(({ kind, static: isStatic }) => kind === 'field' && !isStatic);
  const properties = fields.map(({ name, type, readonly, description: text }) => {
    const from = attribute.get(name);
    return `- \`${name}: ${type?.text ?? 'unknown'}\`${from === undefined ? '' : ` (attribute \`${from}\`)`}${readonly ? ' (read only)' : ''}: ${text}`;
  });
  const methods = members
    .filter(({ kind }) => kind === 'method')
    .map(({ name, parameters = [], return: given, description: text }) => {
      const taken = parameters
        .map((one) => `${one.name}${one.optional || one.default ? '?' : ''}: ${one.type?.text ?? 'unknown'}`)
        .join(', ');
      return `- \`${name}(${taken}): ${given?.type?.text ?? 'void'}\`: ${text}`;
    });
  return [
    '',
    `## <${tagName}>`,
    '',
    summary,
    ...(description ? ['', description] : []),
    ...list('Properties', properties),
    ...list('Methods', methods),
    ...list(
      'Slots',
      slots.map(({ name, description: text }) => `- ${name ? `\`${name}\`` : 'without a name'}: ${text}`),
    ),
    ...list('Events', events.map(named)),
    ...list('Parts', cssParts.map(named)),
    ...list('Custom properties', cssProperties.map(named)),
  ];
}

export function llms({ modules }, { name, version, description, exports: entries }) {
  const doors = Object.keys(entries)
    .filter((key) => entries[key] !== null)
    .map((key) => `- \`${name}${key.slice(1)}\``);
  return [
    `# ${name} ${version}`,
    '',
    `> ${description}`,
    '',
    `Elements for a page that has a Parley server: \`import '${name}/widgets'\` defines all of them; \`${name}/widgets/chat-panel.js\` defines one;`,
    `\`${name}/widgets/chat-panel.class.js\` is its class and defines nothing; \`defineElements({ prefix })\` of \`${name}/define.js\` has another prefix.`,
    'A page needs one `<parley-session>` with `server` and the property `token`, a function that gives a signed token of its user.',
    '',
    'What can be imported:',
    '',
    ...doors,
    ...modules.flatMap(({ declarations }) => declarations.flatMap(section)),
    '',
  ].join('\n');
}
