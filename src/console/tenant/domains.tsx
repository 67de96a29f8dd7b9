import { ApiProblem } from "../api/client.ts";
import { addHost, describeHost, type Host, listHosts, removeHost } from "../api/settings.ts";
import { attempt } from "../frame/attempt.ts";
import type { TenantCall } from "../frame/call.ts";
import { blank, type FormState, readForm, required } from "../frame/forms.ts";
import { may } from "../identity.ts";
import { Badge } from "../parts/badge.tsx";
import { Copyable } from "../parts/copyable.tsx";
import { Empty } from "../parts/empty.tsx";
import { Field } from "../parts/field.tsx";
import { Confirm, Form } from "../parts/form.tsx";
import { orProblem, ProblemNote } from "../parts/problem-note.tsx";
import { When } from "../parts/when.tsx";
import { at, demand, done, tenantPage } from "./tenant-page.tsx";

/** Hosts that are asked about one by one: each is a question to the network. */
const DESCRIBED = 10;
const TONES = { active: "good", pending: "busy", failed: "bad" } as const;

/** `GET …/domains`. */
export async function domains(call: TenantCall): Promise<Response> {
  return await show(call, blank());
}

/** `POST …/domains`. */
export async function actOnDomains(call: TenantCall): Promise<Response> {
  const values = await readForm(call.request);
  const result = await attempt(values, async () => {
    demand(call, "settings:write");
    if (values.form === "remove") {
      await removeHost(call.api, values.host ?? "");
      return `${values.host} does not answer for you any more.`;
    }
    const { host } = await addHost(call.api, required(values, "host", "Type a host name, such as files.example.com."));
    return `${host} is added. Publish the records below; it answers once they are seen.`;
  });
  return result.ok ? done(call, at(call, "domains"), result.value) : await show(call, result.form, 422);
}

async function show(call: TenantCall, form: FormState, status = 200): Promise<Response> {
  const action = at(call, "domains");
  const hosts = await listHosts(call.api);
  const described = await Promise.all(
    hosts.map(async (host, index) =>
      host.state === "active" || index >= DESCRIBED ? host : orProblem(describeHost(call.api, host.host)),
    ),
  );
  const mayChange = may(call.member, "settings:write");
  return tenantPage(call, {
    title: "Domains",
    status,
    lead: "Host names of your own for /proxy and the links it hands out.",
    children: (
      <>
        {hosts.length === 0 && (
          <Empty title="No domain of your own yet">
            <p>
              Downloads go through <code>{call.parts.edge}</code>. With a name of yours, browsers see only you.
            </p>
          </Empty>
        )}
        {described.map((host, index) => (
          <section key={hosts[index]?.host} class="panel" aria-label={hosts[index]?.host}>
            {host instanceof ApiProblem ? (
              <ProblemNote what={hosts[index]?.host ?? "The host"} problem={host} />
            ) : (
              <HostPanel
                call={call}
                host={{ proofs: [], problems: [], ...host }}
                action={action}
                mayChange={mayChange}
              />
            )}
          </section>
        ))}
        {mayChange && (
          <section class="panel" aria-labelledby="add">
            <h2 id="add">Add a domain</h2>
            <Form form={form} action={action} name="add" submit="Add" inline>
              <Field form={form} name="host" label="Host name" placeholder="files.example.com" mono required />
            </Form>
          </section>
        )}
      </>
    ),
  });
}

type HostProps = { call: TenantCall; host: Host; action: string; mayChange: boolean };

function HostPanel({ call, host, action, mayChange }: HostProps) {
  const { host: name, state, proofs, problems, created_at } = host;
  return (
    <>
      <div class="page-head">
        <h2 class="mono">{name}</h2>
        <p>
          <Badge tone={TONES[state]}>{state}</Badge>{" "}
          <span class="muted">
            added <When at={created_at} now={call.now} />
          </span>
        </p>
      </div>
      {problems.map((problem) => (
        <p key={problem} class="notice notice-warn">
          {problem}
        </p>
      ))}
      {proofs.length > 0 && (
        <>
          <p>Publish these records where your DNS is, then load this page anew:</p>
          {proofs.map(({ type, name, value }) => (
            <Copyable key={type + name} text={`${name} ${type} ${value}`} label={`the ${type} record`} />
          ))}
        </>
      )}
      {mayChange && (
        <Confirm
          action={action}
          label="Remove…"
          warning={`Links on ${name} stop working.`}
          submit="Remove the domain"
          fields={{ form: "remove", host: name }}
        />
      )}
    </>
  );
}
