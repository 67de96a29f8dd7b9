import type { ComponentChildren } from "preact";
import type { Membership } from "../identity.ts";
import { Acting } from "./acting.tsx";
import type { PersonCall } from "./call.ts";
import { Document } from "./document.tsx";
import { FlashLine } from "./flash-line.tsx";
import { Mark } from "./mark.tsx";
import { type Group, OPERATOR_NAVIGATION, personNavigation, tenantNavigation } from "./navigation.ts";
import { ThemeSwitch } from "./theme-switch.tsx";

type Props = {
  readonly call: PersonCall;
  readonly title: string;
  /** `null`: a page about no tenant. */
  readonly member: Membership | null;
  readonly charts?: boolean;
  /** What stands beside the heading: the page's main action. */
  readonly action?: ComponentChildren;
  /** One sentence under the heading. */
  readonly lead?: ComponentChildren;
  readonly children: ComponentChildren;
};

/** The frame of the pages behind the sign-in: navigation at the side, or behind a button on a phone. */
export function ConsoleLayout({ call, title, member, charts = false, action, lead, children }: Props) {
  const isOperators = call.url.pathname.startsWith("/operator");
  const own = member ? tenantNavigation(member) : isOperators ? [] : personNavigation(call.person);
  const groups = [...own, ...(call.person.operator ? OPERATOR_NAVIGATION : [])];
  const name = member?.name ?? (isOperators ? "Operator" : "Your account");
  return (
    <Document call={call} title={member ? `${title} · ${member.name}` : title} charts={charts}>
      <div class="console">
        <header class="console-header">
          <a class="brand" href="/app">
            <Mark />
            <span>Snapbyte</span>
          </a>
          <Tenants call={call} name={name} member={member} />
          <input type="checkbox" id="menu" class="menu-toggle" aria-label="Show the navigation" />
          <label class="menu-button" for="menu" aria-hidden="true">
            Menu
          </label>
          <div class="console-side">
            <Navigation groups={groups} path={call.url.pathname} />
            <You call={call} />
          </div>
        </header>
        <main id="content" class="console-main" tabIndex={-1}>
          <Acting call={call} member={member} />
          <FlashLine call={call} />
          <div class="page-head">
            <h1>{title}</h1>
            {action && <div class="page-action">{action}</div>}
          </div>
          {lead && <p class="lead">{lead}</p>}
          {children}
        </main>
      </div>
    </Document>
  );
}

/** Which tenant this is, and the way to the person's others. */
function Tenants({ call, name, member }: { call: PersonCall; name: string; member: Membership | null }) {
  const others = call.person.tenants.filter((each) => each.tenant !== member?.tenant);
  return (
    <details class="tenants">
      <summary>
        <span class="visually-hidden">Organisation: </span>
        {name}
      </summary>
      <ul>
        {others.map((each) => (
          <li key={each.tenant}>
            <a href={`/app/${encodeURIComponent(each.tenant)}/overview`}>{each.name}</a>
          </li>
        ))}
        <li>
          <a href="/app/new">New organisation</a>
        </li>
      </ul>
    </details>
  );
}

function Navigation({ groups, path }: { groups: readonly Group[]; path: string }) {
  return (
    <nav aria-label="Console">
      {groups.map((group) => (
        <section key={group.label}>
          <h2>{group.label}</h2>
          <ul>
            {group.places.map(({ href, label }) => (
              <li key={href}>
                <a href={href} {...(isWithin(path, href) && { "aria-current": "page" as const })}>
                  {label}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

function You({ call }: { call: PersonCall }) {
  return (
    <div class="you">
      <p title={call.person.user.email}>{call.person.user.email}</p>
      <p class="you-actions">
        <a href="/app/account">Your account</a>
        <a href="/docs">Docs</a>
      </p>
      <form method="post" action="/sign-out">
        <button type="submit" class="plain">
          Sign out
        </button>
      </form>
      <ThemeSwitch call={call} />
    </div>
  );
}

function isWithin(path: string, href: string): boolean {
  return path === href || path.startsWith(`${href}/`);
}
