import { readCookie, setCookie } from "./cookies.ts";

export const THEMES = ["light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const NAME = "theme";
const YEAR_S = 365 * 24 * 3600;

/** What the person chose; `null`: as the device has it. */
export function readTheme(request: Request): Theme | null {
  const value = readCookie(request, NAME);
  return THEMES.find((theme) => theme === value) ?? null;
}

/** Remembers the choice; anything but a theme forgets it. */
export function themeCookie(url: URL, choice: string | null): string {
  const theme = THEMES.find((each) => each === choice);
  return theme ? setCookie(url, NAME, theme, YEAR_S) : setCookie(url, NAME, "", 0);
}
