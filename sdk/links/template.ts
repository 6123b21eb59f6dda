import type { ContextLink } from '#protocol';
import { isDicomUid } from './dicom-uid.js';
import { encoded, invalid, type LinkTemplate } from './link-template.js';

export interface TemplateOptions {
  /** The schemes that the template may have besides `http` and `https`, such as `['acme-pacs']`. */
  schemes?: readonly string[];
  /** The names whose values must be DICOM UIDs. */
  uids?: readonly string[];
}

/** `{name}`, `{?names}` or `{&names}`. */
const EXPRESSION = /\{([?&]?)([A-Za-z][A-Za-z0-9]*(?:,[A-Za-z][A-Za-z0-9]*)*)\}/g;

/** Schemes that run what is in them, or show it as if it came from the page. */
const NEVER: ReadonlySet<string> = new Set(['javascript', 'data', 'vbscript', 'blob', 'file', 'filesystem', 'about', 'view-source']);

/**
 * An address of your own, in the notation of RFC 6570: `https://his.example/orders/{id}{?tab}`. Names are `id`, `kind`, and those of the
 * link's `context`. `{name}` must be there; of `{?name,other}` and `{&name,other}` only what is there is written. Scheme and host are yours:
 * no expression may stand before the first `/`, `?` or `#` after the host.
 */
export function template(address: string, { schemes = [], uids = [] }: TemplateOptions = {}): LinkTemplate {
  check(address, schemes);
  return (link) => {
    const valueOf = (name: string): string | undefined => {
      const value = valueIn(link, name);
      if (value !== undefined && uids.includes(name) && !isDicomUid(value)) throw invalid(`${name} is not a DICOM UID`);
      return value === undefined ? undefined : encoded(value);
    };
    return address.replace(EXPRESSION, (_whole, operator: string, names: string) => {
      if (operator === '')
        return names
          .split(',')
          .map((name) => valueOf(name) ?? missing(name))
          .join(',');
      const pairs = names.split(',').flatMap((name) => {
        const value = valueOf(name);
        return value === undefined ? [] : [`${name}=${value}`];
      });
      return pairs.length === 0 ? '' : operator + pairs.join('&');
    });
  };
}

function check(address: unknown, schemes: readonly string[]): void {
  if (typeof address !== 'string') throw invalid('the template is no text');
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(address)?.[1]?.toLowerCase();
  if (scheme === undefined || NEVER.has(scheme) || !['http', 'https', ...schemes].includes(scheme))
    throw invalid('the template does not begin with a scheme that is allowed');
  if (/^https?$/.test(scheme) && !/^https?:\/\/[^\s/?#{}\\@]+(?:[/?#]|$)/i.test(address))
    throw invalid('the template has no host of its own before the first expression');
  if (/[{}\s\\\p{Cc}]/u.test(address.replace(EXPRESSION, ''))) throw invalid('the template has a brace or character that is no expression');
  if (!URL.canParse(address.replace(EXPRESSION, ''))) throw invalid('the template is no address');
}

function valueIn({ id, kind, context }: ContextLink, name: string): string | undefined {
  if (name === 'id') return id;
  if (name === 'kind') return kind;
  return context && Object.hasOwn(context, name) ? context[name] : undefined;
}

function missing(name: string): never {
  throw invalid(`the link has no ${name}`);
}
