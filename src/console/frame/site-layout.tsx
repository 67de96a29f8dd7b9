import type { ComponentChildren } from "preact";
import { Acting } from "./acting.tsx";
import type { Call } from "./call.ts";
import { Document } from "./document.tsx";
import { FlashLine } from "./flash-line.tsx";
import { Mark } from "./mark.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";

const PAGES = [
  ["/calculator", "Calculator"],
  ["/pricing", "Prices"],
  ["/docs", "Docs"],
  ["/reference", "API"],
] as const;

type Props = {
  readonly call: Call;
  readonly title: string;
  readonly description?: string;
  /** A narrow page holds a form and little else. */
  readonly narrow?: boolean;
  readonly children: ComponentChildren;
};

/** The public site's frame. */
export function SiteLayout({ call, title, description, narrow = false, children }: Props) {
  const { pathname } = call.url;
  return (
    <Document call={call} title={title} {...(description !== undefined && { description })}>
      <header class="site-header">
        <a class="brand" href="/">
          <Mark />
          <span>Snapbyte</span>
        </a>
        <nav aria-label="Site">
          <ul>
            {PAGES.map(([href, label]) => (
              <li key={href}>
                <a href={href} {...(pathname.startsWith(href) && { "aria-current": "page" as const })}>
                  {label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <p class="site-account">
          {call.person ? (
            <a class="button" href="/app">
              Open the console
            </a>
          ) : (
            <>
              <a href="/sign-in">Sign in</a>{" "}
              <a class="button" href="/sign-up">
                Sign up
              </a>
            </>
          )}
        </p>
      </header>
      <main id="content" class={narrow ? "site narrow" : "site"} tabIndex={-1}>
        <Acting call={call} member={null} />
        <FlashLine call={call} />
        {children}
      </main>
      <footer class="site-footer">
        <p>Snapbyte keeps the bytes that your bucket has already sent once.</p>
        <ThemeSwitch call={call} />
      </footer>
    </Document>
  );
}
