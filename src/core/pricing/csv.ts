/** A field: text, a whole number, a number that was written already, or nothing. */
export type CsvField = string | bigint | null;

const LINE_BREAK = "\r\n";
const NUMBER = /^-?\d+(?:\.\d+)?$/;
/**
 * What spreadsheets take for a formula at the beginning of a field, and what they pass over before it
 * (https://owasp.org/www-community/attacks/CSV_Injection). The wide forms are those of East Asian keyboards.
 */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/**
 * A table as RFC 4180 has it: every line ends with CRLF, and a field with a comma, a quote or a line break stands in quotes.
 * Text that a spreadsheet would run as a formula gets an apostrophe before it; a negative number stays one.
 */
export function csv(header: readonly string[], rows: readonly (readonly CsvField[])[]): string {
  return [header, ...rows].map((row) => row.map(field).join(",") + LINE_BREAK).join("");
}

function field(value: CsvField): string {
  const text = String(value ?? "");
  const harmless = !NUMBER.test(text) && FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
