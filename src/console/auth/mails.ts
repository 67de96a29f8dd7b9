/** A mail to somebody. Plain text: its links are long, and nothing in it is ever markup. */
export type Mail = { readonly to: string; readonly subject: string; readonly text: string };

/** Sends a mail, or takes it in charge. Rejects when nobody has it. */
export type SendMail = (mail: Mail) => Promise<void>;

/** Somebody gives an address that they say is theirs. */
export function confirmMail(to: string, url: string): Mail {
  return mail(to, "Confirm your address", [
    "Somebody, you we hope, has signed up at Snapbyte with this address. Confirm it here, within an hour:",
    url,
    "If it was not you, do nothing.",
  ]);
}

/** Somebody signs up with an address that has an account: only its owner learns that, and only here. */
export function knownAddressMail(to: string, signIn: string, reset: string): Mail {
  return mail(to, "You have an account already", [
    "Somebody, you we hope, has tried to sign up at Snapbyte with this address, which has an account. Sign in here:",
    signIn,
    "If you have forgotten your password, choose another:",
    reset,
    "If it was not you, do nothing.",
  ]);
}

export function resetMail(to: string, url: string): Mail {
  return mail(to, "Choose a new password", [
    "Somebody, you we hope, wants a new password for your account at Snapbyte. Choose one here, within an hour:",
    url,
    "If it was not you, do nothing: your password stays as it is.",
  ]);
}

/** After the fact, to whom it concerns, in case it was not they. */
export function passwordChangedMail(to: string): Mail {
  return mail(to, "Your password was changed", [
    "The password of your account at Snapbyte was changed, and everybody who was signed in was signed out.",
    "If it was not you, choose another at once, and look through the sessions of your account.",
  ]);
}

export function inviteMail(to: string, by: string, organization: string, url: string): Mail {
  return mail(to, `You are invited to ${oneLine(organization)}`, [
    `${oneLine(by)} invites you to ${oneLine(organization)} at Snapbyte. Accept here, within two days:`,
    url,
    "If you know nobody of that name, do nothing.",
  ]);
}

function mail(to: string, subject: string, paragraphs: readonly string[]): Mail {
  return { to, subject, text: `${paragraphs.join("\n\n")}\n` };
}

/** What people call themselves ends no line: a header or a sentence of ours would follow from it. It brings no link, either. */
function oneLine(name: string): string {
  return name
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replaceAll("://", " ")
    .slice(0, 100);
}
