import { FormError } from "../frame/forms.ts";

/** Characters; the library holds the same (NIST SP 800-63B section 5.1.1: length, and no riddles). */
export const MIN_PASSWORD = 10;
export const PASSWORD_HINT = `At least ${MIN_PASSWORD} characters. A sentence is easier to keep in mind than a riddle.`;

/** A new password. Throws with what to do when it is none. */
export function newPassword(values: Readonly<Record<string, string>>): string {
  const password = values.password ?? "";
  if (password.length < MIN_PASSWORD)
    throw new FormError(null, { password: `Use at least ${MIN_PASSWORD} characters.` });
  return password;
}
