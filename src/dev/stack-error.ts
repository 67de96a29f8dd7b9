/** Something the person at the terminal can put right: shown as its message, without a stack trace. */
export class StackError extends Error {
  override readonly name = "StackError";
}
