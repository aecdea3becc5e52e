import type { Texts } from "../text";

/** The titles of lists, input boxes, documents and terminals. */
export const titles = {
  buildArgument: (t, name: string) => t("Build argument {0}", name),
  buildOptions: (t, file: string) => t("Build options for {0}", file),
  checkOf: (t, engine: string) => t("Engine check: {0}", engine),
  commandsIn: (t, container: string) => t("{0} commands", container),
  console: (t, container: string) => t("{0} console", container),
  ignoreOrDisable: (t, rule: string) => t("Ignore or disable {0}", rule),
  logAnalysis: (t) => t("Log Analysis"),
  logInAs: (t) => t("Log in as"),
  runIn: (t, container: string) => t("Run in {0}", container),
  selectCommand: (t) => t("Select a command"),
  selectConfiguration: (t) => t("Select a launch configuration"),
  selectContainer: (t) => t("Select a container"),
  selectEngine: (t) => t("Select a container engine"),
  selectExamplePlace: (t) => t("Select a directory for the example"),
  selectFile: (t) => t("Select a file"),
  selectFormat: (t) => t("Select a format"),
  selectImage: (t) => t("Select an image"),
  selectImageToVerify: (t) =>
    t("Select an image to boot. The container and any image built for it are removed afterwards."),
  selectInstallation: (t) => t("Select an engine to install"),
  selectJournal: (t) => t("Select a journal"),
  selectLog: (t) => t("Select a log to explain"),
  selectPage: (t) => t("Select a page"),
  selectPlatform: (t) => t("Select a platform"),
  selectRule: (t) => t("Select a rule"),
  selectService: (t) => t("Select a service"),
  selectStage: (t) => t("Select a stage"),
  selectUnit: (t) => t("Select a unit to follow"),
  shell: (t, container: string) => t("{0} shell", container),
  shellAs: (t, container: string, user: string) => t("{0} shell as {1}", container, user),
  unitProgram: (t) => t("Program to start at boot"),
  unitProgramDetail: (t) =>
    t("The path of a program in the image, with its arguments, such as /opt/app --port 80"),
  willNotBoot: (t, what: string, errors: number) =>
    errors === 1 ? t("{0} will not boot: 1 error", what) : t("{0} will not boot: {1} errors", what, errors),
} as const satisfies Texts;
