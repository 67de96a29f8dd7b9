import { type IRequest, Router } from "itty-router";
import { answer, goTo } from "./frame/answer.ts";
import type { Call, Handler } from "./frame/call.ts";
import { readForm } from "./frame/forms.ts";
import { asOperator, inTenant, signedIn } from "./frame/guards.ts";
import { NoSuchPage } from "./frame/no-such-page.ts";
import { ownPath } from "./frame/security.ts";
import { themeCookie } from "./frame/theme.ts";
import { deadLetters, replay } from "./operator/dead-letters.tsx";
import { leaveTenant } from "./operator/enter-tenant.ts";
import { prices } from "./operator/prices.tsx";
import { status } from "./operator/status.tsx";
import { actOnTenant, tenant } from "./operator/tenant.tsx";
import { tenants } from "./operator/tenants.tsx";
import { globalUsage } from "./operator/usage.tsx";
import { account, actOnAccount } from "./person/account.tsx";
import { acceptInvitation, app, invitation, makeTenant, newTenant } from "./person/app.tsx";
import { actOnSessions, sessions } from "./person/sessions.tsx";
import { calculator } from "./site/calculator.tsx";
import { confirm, confirmPage } from "./site/confirm.tsx";
import { listDocuments, showDocument } from "./site/documents.tsx";
import { home } from "./site/home.tsx";
import { outbox } from "./site/outbox.tsx";
import { pricing } from "./site/pricing.tsx";
import { listOperations, showOperations } from "./site/reference.tsx";
import { reset, resetPage } from "./site/reset.tsx";
import {
  checkSecondFactor,
  secondFactorPage,
  signIn,
  signInPage,
  signOut,
  stopImpersonating,
} from "./site/sign-in.tsx";
import { signUp, signUpPage } from "./site/sign-up.tsx";
import { actOnAsset } from "./tenant/act-on-asset.ts";
import { actOnFiles } from "./tenant/act-on-files.ts";
import { asset } from "./tenant/asset.tsx";
import { actOnAssets, assets } from "./tenant/assets.tsx";
import { audit } from "./tenant/audit.tsx";
import { actOnDomains, domains } from "./tenant/domains.tsx";
import { exportUsage } from "./tenant/export-usage.ts";
import { actOnFile, file } from "./tenant/file.tsx";
import { files } from "./tenant/files.tsx";
import { actOnFills, fills } from "./tenant/fills.tsx";
import { actOnKeys, keys } from "./tenant/keys.tsx";
import { actOnLinks, links } from "./tenant/links.tsx";
import { actOnMembers, members } from "./tenant/members.tsx";
import { actOnOrigins, origins } from "./tenant/origins.tsx";
import { overview } from "./tenant/overview.tsx";
import { actOnPlan, plan } from "./tenant/plan.tsx";
import { actOnServing, serving } from "./tenant/serving.tsx";
import { usage } from "./tenant/usage.tsx";

/** The table of contents of the console. */
export function routes(): Handler {
  const router = Router()
    .all("/", on(home))
    .all("/calculator", on(calculator))
    .all("/pricing", on(pricing))
    .all("/docs", on(listDocuments))
    .all("/docs/:name", on(showDocument))
    .all("/reference", on(listOperations))
    .all("/reference/:group", on(showOperations))
    .all("/outbox", on(outbox))
    .all("/sign-in", on(signInPage, signIn))
    .all("/second-factor", on(secondFactorPage, checkSecondFactor))
    .all("/sign-up", on(signUpPage, signUp))
    .all("/confirm", on(confirmPage, confirm))
    .all("/reset", on(resetPage, reset))
    .all("/sign-out", on(null, signOut))
    .all("/impersonation/stop", on(null, signedIn(stopImpersonating)))
    .all("/theme", on(null, chooseTheme))
    .all("/invitations/:id", on(signedIn(invitation), signedIn(acceptInvitation)))
    .all("/app", on(signedIn(app)))
    .all("/app/new", on(signedIn(newTenant), signedIn(makeTenant)))
    .all("/app/account", on(signedIn(account), signedIn(actOnAccount)))
    .all("/app/sessions", on(signedIn(sessions), signedIn(actOnSessions)))
    .all("/app/:tenant/overview", on(inTenant(overview)))
    .all("/app/:tenant/files", on(inTenant(files), inTenant(actOnFiles)))
    .all("/app/:tenant/files/:key+", on(inTenant(file), inTenant(actOnFile)))
    .all("/app/:tenant/assets", on(inTenant(assets), inTenant(actOnAssets)))
    .all("/app/:tenant/assets/:id", on(inTenant(asset), inTenant(actOnAsset)))
    .all("/app/:tenant/links", on(inTenant(links), inTenant(actOnLinks)))
    .all("/app/:tenant/origins", on(inTenant(origins), inTenant(actOnOrigins)))
    .all("/app/:tenant/fills", on(inTenant(fills), inTenant(actOnFills)))
    .all("/app/:tenant/serving", on(inTenant(serving), inTenant(actOnServing)))
    .all("/app/:tenant/domains", on(inTenant(domains), inTenant(actOnDomains)))
    .all("/app/:tenant/usage", on(inTenant(usage)))
    .all("/app/:tenant/usage/export", on(inTenant(exportUsage)))
    .all("/app/:tenant/plan", on(inTenant(plan), inTenant(actOnPlan)))
    .all("/app/:tenant/keys", on(inTenant(keys), inTenant(actOnKeys)))
    .all("/app/:tenant/members", on(inTenant(members), inTenant(actOnMembers)))
    .all("/app/:tenant/audit", on(inTenant(audit)))
    .all("/operator/status", on(asOperator(status)))
    .all("/operator/tenants", on(asOperator(tenants)))
    .all("/operator/leave", on(null, asOperator(leaveTenant)))
    .all("/operator/tenants/:id", on(asOperator(tenant), asOperator(actOnTenant)))
    .all("/operator/dead-letters", on(asOperator(deadLetters), asOperator(replay)))
    .all("/operator/usage", on(asOperator(globalUsage)))
    .all("/operator/prices", on(asOperator(prices)))
    .all("*", async () => {
      throw new NoSuchPage();
    });
  return async (call) => await router.fetch(call.request as unknown as IRequest, call);
}

/** A page's GET and POST; the router leaves parameters as they stand in the path. */
function on(get: Handler | null, post: Handler | null = null) {
  return async (request: IRequest, call: Call): Promise<Response> => {
    const { method } = call.request;
    const handler = method === "POST" ? post : method === "GET" || method === "HEAD" ? get : null;
    const allow = [...(get ? ["GET", "HEAD"] : []), ...(post ? ["POST"] : [])].join(", ");
    if (!handler) return answer(call, "This method is not allowed here.\n", { status: 405, headers: { Allow: allow } });
    return await handler({ ...call, params: decoded(request.params) });
  };
}

function decoded(params: Readonly<Record<string, string>>): Record<string, string> {
  try {
    return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, decodeURIComponent(value)]));
  } catch {
    throw new NoSuchPage();
  }
}

/** `POST /theme`. */
async function chooseTheme(call: Call): Promise<Response> {
  const { theme = null, back = null } = await readForm(call.request);
  return goTo(call, ownPath(back, "/"), [themeCookie(call.url, theme)]);
}
