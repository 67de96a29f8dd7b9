import type { Stack } from "../../../../src/dev/stack.ts";

/** Everything that the database of a stack holds, as text. */
export async function everyRow(stack: Stack): Promise<string> {
  const tables = await rows(stack, "select table_name from information_schema.tables where table_schema = 'public'");
  const all: string[] = [];
  for (const [table] of tables) all.push(JSON.stringify(await rows(stack, `select * from "${table}"`)));
  return all.join("\n");
}

/** One statement through the endpoint that the Workers use. */
async function rows({ database }: Stack, query: string): Promise<string[][]> {
  const headers = { "neon-raw-text-output": "true", "neon-array-mode": "true" };
  const response = await fetch(database, { method: "POST", headers, body: JSON.stringify({ query, params: [] }) });
  if (!response.ok) throw new Error(`${query} failed: ${await response.text()}`);
  return ((await response.json()) as { rows: string[][] }).rows;
}
