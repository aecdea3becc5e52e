import type { Translate } from "../text";

/** The purpose of a part of a build command. */
export type BuildReason = keyof typeof buildReasons;

/** The purposes of the parts of a build command, and their disadvantages. */
export const buildReasons = {
  build: (t) => ({ why: t("Builds an image from a Dockerfile.") }),
  load: (t) => ({ why: t("Loads the built image into the engine's image store.") }),
  tag: (t) => ({ why: t("The name of the image.") }),
  file: (t) => ({ why: t("The Dockerfile.") }),
  stage: (t) => ({ why: t("The stage to build, with the stages that it depends on.") }),
  platform: (t) => ({
    why: t("The target platform."),
    cost: t("Building for another architecture is slow, and RUN needs an emulator."),
  }),
  argument: (t) => ({
    why: t("The value of an ARG."),
    cost: t("Anyone with the image can read it."),
  }),
  environment: (t) => ({
    why: t("An ARG that takes its value from the environment of the build command."),
    cost: t("Anyone with the image can read it; use RUN --mount=type=secret to keep it out of the image."),
  }),
  context: (t) => ({
    why: t(
      "The build context: the directory that COPY reads from, except for files that .dockerignore excludes.",
    ),
  }),
  frontend: (t) => ({ why: t("Makes BuildKit read the file as a Dockerfile.") }),
  output: (t) => ({ why: t("Writes the image to a file. Load it with `docker load --input`.") }),
} as const satisfies Readonly<
  Record<string, (t: Translate) => { readonly why: string; readonly cost?: string }>
>;
