import type { OpenWindow } from "./windows.ts";
export function work(_open: OpenWindow, _served?: unknown): void {}
