import type { Material } from "../../../../src/core/verify/material.ts";

/** Verification material as `POST /verification-keys` takes it: names and kind in the API's spelling. */
export function materialBody({ kind, ...fields }: Material): Readonly<Record<string, unknown>> {
  const spelled = Object.entries(fields).map(([name, value]) => [snakeCase(name), value]);
  return { kind: kind.replaceAll("-", "_"), ...Object.fromEntries(spelled) };
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
}
