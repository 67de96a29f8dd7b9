const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/**
 * The contents of all elements of this name, in their order. Enough for what S3 answers: elements without attributes that
 * do not hold others of their own name.
 */
export function elements(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, "gs"))].map(([, content = ""]) => content);
}

/** The text of the first element of this name; `null`: there is none. */
export function elementText(xml: string, name: string): string | null {
  const [content] = elements(xml, name);
  return content === undefined ? null : content.replace(/&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi, unescaped);
}

/** Text as it stands between tags. */
export function xmlText(text: string): string {
  return text.replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function unescaped(whole: string, hex?: string, decimal?: string, name = ""): string {
  const code = hex ? Number.parseInt(hex, 16) : decimal ? Number(decimal) : null;
  if (code === null) return ENTITIES[name] ?? whole;
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}
