import type { OpenWindow } from "./windows.ts";
export function keyboard(_open: OpenWindow, _served?: unknown): void {}
