/** Bytes of all that a form may send: a manifest goes to the API, not through here. */
const MAX_FORM_BYTES = 256 * 1024;

/** What a form was sent with, and what is wrong with it: enough to show it again as it was. */
export type FormState = {
  readonly values: Readonly<Record<string, string>>;
  /** By field: what to do about it. */
  readonly errors: Readonly<Record<string, string>>;
  /** What is wrong with all of it, or `null`. */
  readonly problem: string | null;
};

/** The form as it is before anybody has typed. */
export function blank(values: Readonly<Record<string, string>> = {}): FormState {
  return { values, errors: {}, problem: null };
}

/** Thrown by what reads a form; its handler shows the form again. */
export class FormError extends Error {
  readonly fields: Readonly<Record<string, string>>;

  constructor(message: string | null, fields: Readonly<Record<string, string>> = {}) {
    super(message ?? "");
    this.name = "FormError";
    this.fields = fields;
  }
}

/** The fields of a form, each by its last value, without blanks at its ends. Throws {@link FormError} for one too large. */
export async function readForm(request: Request): Promise<Record<string, string>> {
  const text = await readText(request);
  const values: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) {
    values[name] = name.includes("password") ? value : value.trim().replaceAll("\r\n", "\n");
  }
  return values;
}

/** The body, of which no more is read than a form may hold: who sends without end would fill our memory. */
async function readText({ headers, body }: Request): Promise<string> {
  const tooLarge = () => new FormError("This is more than one form may hold.");
  if (Number(headers.get("Content-Length") ?? 0) > MAX_FORM_BYTES) throw tooLarge();
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let bytes = 0; reader; ) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.byteLength;
    if (bytes > MAX_FORM_BYTES) {
      await reader.cancel();
      throw tooLarge();
    }
    text += decoder.decode(value, { stream: true });
  }
  return text + decoder.decode();
}

/** Lines of a text field, or what stands between its commas; blank ones do not count. */
export function listOf(text: string | undefined): string[] {
  return (text ?? "")
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** The field's text. Throws {@link FormError} with what to do when there is none. */
export function required(values: Readonly<Record<string, string>>, name: string, todo: string): string {
  const value = values[name] ?? "";
  if (value === "") throw new FormError(null, { [name]: todo });
  return value;
}
