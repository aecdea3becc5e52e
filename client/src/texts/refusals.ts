import type { Translate } from "../text";
import type { Words } from "./places";

/** Why a command stops before it has done anything. */
export const refusals = {
  engineDeclined: (t, address: string) => ({
    message: t("The engine at {0} is not used because you did not allow it.", address),
    hint: t(
      "Run the command again to allow it, or remove systemdContainers.engine.host from the workspace settings.",
    ),
  }),
  userName: (t, name: string) => ({ message: t("Invalid user name: {0}.", name) }),
  keyUnreadable: (t, path: string) => ({
    message: t("Cannot read the public key {0}.", path),
    hint: t("Create one with ssh-keygen, or specify another key in the settings."),
  }),
  keyPrivate: (t, path: string) => ({
    message: t("{0} is a private key, which must not leave this host.", path),
    hint: t("Specify the public key: the file whose name ends in .pub."),
  }),
  keyInvalid: (t, path: string) => ({ message: t("{0} is not an SSH public key.", path) }),
} as const satisfies Readonly<Record<string, (t: Translate, ...args: never[]) => Words>>;
