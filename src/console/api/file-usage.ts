import type { Api } from "./client.ts";
import { type Activity, activityOf, usagePage } from "./usage.ts";

/** `GET /usage?key=`: what was used of one file within 30 days. */
export async function readFileUsage(api: Api, key: string): Promise<Activity> {
  return activityOf((await api.get("/usage", usagePage, { by: "day", key })).rows);
}
