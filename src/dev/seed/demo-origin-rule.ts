import { parseOriginRule } from "../../core/origins/parse-rule.ts";
import type { OriginRule } from "../../core/tenant.ts";
import { ORIGIN_BUCKET, S3_PATH } from "../origin/credentials.ts";

/** Allows the demo origin's bucket, on this port of 127.0.0.1. */
export function demoOriginRule(port: number): OriginRule {
  const url = `http://127.0.0.1:${port}${S3_PATH}/${ORIGIN_BUCKET}`;
  const rule = parseOriginRule(url, null);
  if (!rule) throw new Error(`${url} makes no origin rule`);
  return rule;
}
