import type { Dependencies, Login, LoginSetting, Refusal } from "../ports";
import type { Words } from "../texts/places";
import { refusals } from "../texts/refusals";

/** User names that every useradd accepts (useradd(8)). */
const userName = /^[a-z_][a-z0-9_-]{0,31}$/;

/** The start of a public key (sshd(8), AUTHORIZED_KEYS FILE FORMAT). */
const publicKey = /^(ssh-|ecdsa-|sk-)[\w@.-]+ [A-Za-z0-9+/=]+/;

/** Reads the SSH key of a launch configuration's user. Rejects with a refusal if the name or the key is not valid. */
export async function readLogin(
  { ui }: Dependencies,
  setting: LoginSetting | undefined,
  uri?: string,
): Promise<Login | undefined> {
  if (!setting) return undefined;
  const { name, key } = setting;
  if (!userName.test(name)) throw refuse(refusals.userName(ui.t, name));
  if (publicKey.test(key)) return { name, key: firstLine(key) };
  const path = ui.resolve(key, uri);
  const text = await ui.readText(path);
  if (text === undefined) {
    throw refuse(refusals.keyUnreadable(ui.t, path));
  }
  if (/PRIVATE KEY/.test(text)) {
    throw refuse(refusals.keyPrivate(ui.t, path));
  }
  if (!publicKey.test(text)) throw refuse(refusals.keyInvalid(ui.t, path));
  return { name, key: firstLine(text) };
}

function firstLine(text: string): string {
  return text.split(/\r?\n/, 1)[0]?.trim() ?? "";
}

function refuse({ message, hint }: Words): Refusal {
  return Object.assign(new Error(message), { code: "login" as const, hint });
}
