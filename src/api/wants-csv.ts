/** Whether CSV is to be answered: as the query says, or else as `Accept` does. */
export function wantsCsv({ headers }: Request, format: "json" | "csv" | undefined): boolean {
  return format === undefined ? /\btext\/csv\b/i.test(headers.get("Accept") ?? "") : format === "csv";
}

/** CSV under a file's name, which nobody may keep. */
export function csvAnswer(text: string, name: string, more: Readonly<Record<string, string>> = {}): Response {
  const headers = {
    "Content-Type": "text/csv; charset=utf-8; header=present",
    "Content-Disposition": `attachment; filename="${name}"`,
    ...{ "Cache-Control": "no-store", Vary: "Accept", ...more },
  };
  return new Response(text, { headers });
}
