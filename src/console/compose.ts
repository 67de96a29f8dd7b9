import { PLANS } from "../core/plans/plans.ts";
import { connectPeople } from "./auth/database.ts";
import { makeAuth } from "./auth/make-auth.ts";
import { peopleAuth } from "./auth/people-auth.ts";
import { tenantCalls } from "./auth/tenant-calls.ts";
import type { Built } from "./built.ts";
import type { ConsoleEnv } from "./env.ts";
import type { ConsoleParts } from "./frame/call.ts";
import { memoryOutbox } from "./mail/outbox.ts";
import { sendByHttp } from "./mail/send-by-http.ts";
import { report } from "./report.ts";
import { tariffEstimator } from "./site/tariff-estimator.ts";
import { stripePayment } from "./stripe/stripe-payment.ts";

/** Puts the console's parts together. `background`: lets work outlive the answer. */
export function compose(env: ConsoleEnv, built: Built, background: (work: Promise<unknown>) => void): ConsoleParts {
  const { askApi, keys, addressLimit } = env;
  const now = Date.now;
  const database = connectPeople(env.databaseUrl, env.neonEndpoint);
  const mails = env.mail ? { outbox: null, send: sendByHttp(env.mail) } : keptMails(now);
  const auth = makeAuth({
    ...{ baseUrl: env.url, secret: env.authSecret, database, report, inBackground: background },
    sendMail: mails.send,
    admitAddress: async (email) => (await addressLimit.limit({ key: email })).success,
    triesPerMinute: env.triesPerMinute,
    ...tenantCalls({ keys, askApi, now }),
  });
  return {
    auth: peopleAuth({ auth, database, keys, askApi, now, report }),
    ...{ askApi, built, now, report, outbox: mails.outbox },
    edge: env.edge,
    estimator: tariffEstimator(now),
    plans: PLANS.filter(({ offered }) => offered),
    payment: env.stripe && stripePayment({ settings: env.stripe, keys, askApi, now, report }),
  };
}

function keptMails(now: () => number) {
  const outbox = memoryOutbox(now);
  return { outbox, send: outbox.send };
}
