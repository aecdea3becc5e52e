import type { Dependencies, Login, LoginSetting, Refusal } from "../ports";

/** What useradd takes everywhere (useradd(8)). */
const userName = /^[a-z_][a-z0-9_-]{0,31}$/;

/** The beginning of a public key (sshd(8), AUTHORIZED_KEYS FILE FORMAT). */
const publicKey = /^(ssh-|ecdsa-|sk-)[\w@.-]+ [A-Za-z0-9+/=]+/;

/** Reads the key of a user that a launch configuration names; rejects with a fault where there is not one. */
export async function readLogin(
  { ui }: Dependencies,
  setting: LoginSetting | undefined,
  uri?: string,
): Promise<Login | undefined> {
  if (!setting) return undefined;
  const { name, key } = setting;
  if (!userName.test(name)) throw refuse(ui.t("Invalid user name: {0}.", name));
  if (publicKey.test(key)) return { name, key: firstLine(key) };
  const path = ui.resolve(key, uri);
  const text = await ui.readText(path);
  if (text === undefined) {
    throw refuse(
      ui.t("Cannot read the public key {0}.", path),
      ui.t("Create one with ssh-keygen, or specify another key in the settings."),
    );
  }
  if (/PRIVATE KEY/.test(text)) {
    throw refuse(
      ui.t("{0} is a private key, which must not leave this host.", path),
      ui.t("Specify the public key, which ends in .pub."),
    );
  }
  if (!publicKey.test(text)) throw refuse(ui.t("{0} is not an SSH public key.", path));
  return { name, key: firstLine(text) };
}

function firstLine(text: string): string {
  return text.split(/\r?\n/, 1)[0]?.trim() ?? "";
}

function refuse(message: string, hint?: string): Refusal {
  return Object.assign(new Error(message), { code: "login" as const, hint });
}
