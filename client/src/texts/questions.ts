import type { Text, Translate } from "../text";
import { buttons } from "./buttons";

/** A question that the user must answer, its details, and the button that confirms it. */
export type Question = readonly [question: Text, detail: Text, yes: Text];

/** Questions before actions that the user might not want. */
export const questions = {
  bootAnyway: (t, file: string) => [
    t("{0} does not start systemd.", file),
    t(
      "Its entrypoint or command is not systemd. To boot systemd, install it in the image and start it with CMD.",
    ),
    buttons.bootAnyway(t),
  ],
  bootWith: (t, grants: readonly string[], because?: { readonly what: string; readonly line: string }) => [
    t("Boot with {0}?", grants.join(", ")),
    because === undefined
      ? t("With this, root in the container can take over the engine's host.")
      : t(
          "{0} fails without it: {1} With it, root in the container can take over the engine's host.",
          because.what,
          because.line,
        ),
    buttons.bootAnyway(t),
  ],
  bootSystemd: (t, image: string, program: string) => [
    program === ""
      ? t("{0} contains systemd, but has no entrypoint or command.", image)
      : t("{0} contains systemd, but starts {1}.", image, program),
    t("Boot systemd instead?"),
    buttons.bootSystemd(t),
  ],
  emulate: (t, image: string, architecture: string) => [
    t("{0} is built for {1}; the host has a different architecture.", image, architecture),
    t(
      "Running it requires an emulator on the host (binfmt_misc). It will be slow, and systemd might not boot.",
    ),
    buttons.bootAnyway(t),
  ],
  copyAnyway: (t, file: string) => [
    t("{0} does not start systemd.", file),
    t("The command would contain options that only systemd needs."),
    buttons.copyAnyway(t),
  ],
  remove: (t, name: string, isRunning: boolean) => [
    t("Remove {0}?", name),
    isRunning
      ? t("The container is running. It will be stopped and removed, and changes made in it will be lost.")
      : t("The container will be removed, and changes made in it will be lost."),
    buttons.remove(t),
  ],
  replace: (t, name: string, isRunning: boolean) => [
    isRunning ? t("{0} is still running.", name) : t("{0} already exists from an earlier boot.", name),
    t("The container will be removed, and changes made in it will be lost."),
    buttons.replace(t),
  ],
  useEngine: (t, address: string) => [
    t("Use the container engine at {0}?", address),
    t(
      "This address is set in the workspace settings. The engine there receives your build files, build arguments and registry credentials, and runs your containers.",
    ),
    buttons.useEngine(t),
  ],
} as const satisfies Readonly<Record<string, (t: Translate, ...args: never[]) => Question>>;
