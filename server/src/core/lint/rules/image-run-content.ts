import { type Budget, mostSearched, spend } from "../../base/limits";
import { once } from "../../base/once";
import type { Span } from "../../base/text";
import { placedWords } from "../../boot/target";
import type { Command, Instruction } from "../../image/image";
import { commandsOf, programOf } from "../../image/programs";
import { type WrittenFile, writtenFiles } from "../../image/written-files";
import type { ImageSubject } from "../../project/subject";
import { canonicalPath, lockPath, runPath, tmpPath } from "../../systemd/paths";
import { editFix } from "../queries/fixes";
import { type FileEdit, type Fix, plannedImageRule, type SayOf } from "../rule";

/** Paths that sshd's unit or package, or systemd, creates at boot. */
const madeAtBoot = [`${runPath}/sshd`, `${runPath}/systemd`, `${runPath}/dbus`, `${runPath}/user`, lockPath];

const messages = {
  found: "{path} is hidden by the tmpfs on {mount} at run time, but {user} needs it. Create it at boot.",
} as const;

const fixes = {
  runtime: "Add RuntimeDirectory={name} to {unit}",
  tmpfiles: "Create the directory at boot with tmpfiles.d",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const imageRunContent = plannedImageRule({
  id: "image-run-content",
  title: "Create directories under /run at boot, not at build time",
  severity: "warning",
  why: `
    \`/run\` is a new tmpfs in every systemd container, and Docker copies nothing into it, so files that the build
    creates there are hidden. Let systemd create such directories at boot. Use \`RuntimeDirectory=\`, which also sets
    the owner, in the unit that needs the directory, or add a line to a file in \`/etc/tmpfiles.d\`.
  `,
  consequence: "A service fails because its directory does not exist, and the system is degraded.",
  symptoms: ["degraded"],
  ignore: "If every container mounts the directory at start, you can disable this rule.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, systemd 252: if the build creates a service's WorkingDirectory= under /run, the service " +
      "fails and the system is degraded. With RuntimeDirectory= the service runs.",
  },
  sources: ["systemd.exec(5)", "tmpfiles.d(5)"],
  messages,
  fixes,
  *check(subject, say) {
    const { image, plan } = subject;
    const mounts = plan.spec.tmpfs
      .map(({ path }) => path)
      .filter((path) => path === runPath || path === tmpPath);
    const files = writtenFiles(subject);
    const uses = once(() => usesOf(subject, files));
    const seen = new Set<string>();
    const atBoot = once(() => madeByFiles(files));
    const searched = once(() =>
      lengthOf([
        ...uses().map(({ text }) => text),
        ...files.map(({ text }) => text),
        ...image.runs.flatMap(({ script }) => script.flatMap(({ words }) => words)),
      ]),
    );
    const budget: Budget = { left: mostSearched };
    for (const made of contentOf(subject, files)) {
      const mount = mounts.find((path) => below(made.path, path));
      if (!mount || seen.has(made.path) || madeAtBoot.some((path) => below(made.path, path))) continue;
      seen.add(made.path);
      if (!spend(budget, searched())) return;
      const user = uses().find(({ text }) => mentions(text, made.path));
      if (!user || usedByBuild(subject, made) || isCovered(atBoot(), made.path)) continue;
      const snippet = `RUN echo 'd ${made.path} 0755 root root -' > /etc/tmpfiles.d/${made.path.slice(1).replace(/[^\w.-]/g, "-")}.conf`;
      yield {
        span: made.span,
        message: say("found", { path: made.path, mount, user: user.name }),
        fixes: made.isFolder
          ? [
              user.unit && mount === runPath
                ? runtimeDirectory(subject, user.unit, made.path, say)
                : undefined,
              editFix(image.edit.insert(snippet, "before-program"), say("tmpfiles"), false),
            ]
          : [],
      };
    }
  },
});

interface Content {
  readonly path: string;
  readonly span: Span;
  readonly instruction: Instruction;
  readonly command?: Command;
  readonly isFolder: boolean;
}

/**
 * What the build creates below a path: directories through mkdir, and files through COPY, redirections and similar
 * means.
 */
function contentOf({ image }: ImageSubject, files: readonly WrittenFile[]): Content[] {
  const made = commandsOf(image, "mkdir", "install", "touch", "mkfifo").flatMap((command): Content[] => {
    const program = programOf(command);
    const folders =
      program === "mkdir" ||
      (program === "install" && command.words.some((word) => /^-\w*d/.test(word ?? "")));
    if (!folders && program !== "touch" && program !== "mkfifo") return [];
    return command.words.flatMap((word, index): Content[] => {
      const span = command.wordSpans[index];
      if (index === 0 || !word?.startsWith("/") || !span) return [];
      return [{ path: canonicalPath(word), span, instruction: command.run, command, isFolder: folders }];
    });
  });
  const written = files.map(({ path, instruction }) => ({
    path: canonicalPath(path),
    span: instruction.argumentsSpan,
    instruction,
    isFolder: false,
  }));
  return [...made, ...written];
}

function below(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`);
}

/** Whether a build step uses or removes the content rather than creating it. */
function usedByBuild({ image }: ImageSubject, { path, span }: Content): boolean {
  return image.commands.some((command) => {
    if (
      command.span.start <= span.start ||
      /^(mkdir|touch|install|chown|chmod|chgrp|mkfifo)$/.test(programOf(command))
    )
      return false;
    return command.words.some((word) => word !== undefined && mentions(canonicalPath(word), path));
  });
}

/** Whether the text contains the path or a path below it, starting with /run or /var/run. */
function mentions(text: string, path: string): boolean {
  for (let at = text.indexOf(path); at !== -1; at = text.indexOf(path, at + 1)) {
    const start = below(path, runPath) && text.endsWith("/var", at) ? at - "/var".length : at;
    if (!/[\w/.-]/.test(text[start - 1] ?? " ") && !/[\w.-]/.test(text[at + path.length] ?? " ")) return true;
  }
  return false;
}

/** What creates files at boot: the contents of tmpfiles.d files, and the directories below /run that units create. */
interface AtBoot {
  readonly tmpfiles: readonly string[];
  readonly folders: readonly string[];
}

function madeByFiles(files: readonly WrittenFile[]): AtBoot {
  const isTmpfiles = ({ path }: WrittenFile) => /\/tmpfiles\.d\//.test(path);
  const directive = /^[ \t]*RuntimeDirectory[ \t]*=(.*)$/gm;
  return {
    tmpfiles: files.filter(isTmpfiles).map(({ text = "" }) => text),
    folders: files
      .filter((file) => !isTmpfiles(file))
      .flatMap(({ text = "" }) => [...text.matchAll(directive)])
      .flatMap(([, value = ""]) => value.trim().split(/\s+/))
      .filter((name) => name !== "")
      .map((name) => `${runPath}/${name}`),
  };
}

/** Whether a unit or a tmpfiles.d file creates the path at boot. */
function isCovered({ tmpfiles, folders }: AtBoot, path: string): boolean {
  return tmpfiles.some((text) => mentions(text, path)) || folders.some((folder) => mentions(path, folder));
}

/** The total number of characters in the strings, plus one per string. */
function lengthOf(texts: readonly (string | undefined)[]): number {
  return texts.reduce((sum, text) => sum + 1 + (text?.length ?? 0), 0);
}

interface Use {
  readonly text: string;
  /** The unit or instruction that uses the paths in `text`. */
  readonly name: string;
  readonly unit?: WrittenFile;
}

/**
 * Paths that are used at run time: in directives of the units that are added to the image, and in the words of the
 * program that it starts.
 */
function usesOf({ image }: ImageSubject, files: readonly WrittenFile[]): Use[] {
  const directive =
    /^[ \t]*(ExecStart\w*|ExecReload|WorkingDirectory|PIDFile|ReadWritePaths|ReadWriteDirectories)[ \t]*=(.*)$/gm;
  const byUnits = files.flatMap((unit): Use[] => {
    if (!unit.path.includes("/systemd/system/") || !/\.(service|conf)$/.test(unit.path)) return [];
    const lines = [...(unit.text ?? "").matchAll(directive)];
    return lines.map(([, , text = ""]) => ({ text, name: unit.path.replace(/^.*\//, ""), unit }));
  });
  const byProgram = placedWords(image).map((word): Use => {
    return { text: word.value, name: image.cmd?.words.includes(word) ? "CMD" : "ENTRYPOINT" };
  });
  return [...byUnits, ...byProgram];
}

function runtimeDirectory(
  { uri, fileUri, image }: ImageSubject,
  unit: WrittenFile,
  path: string,
  say: Say,
): Fix | undefined {
  const { text, span, source } = unit;
  const section = /^[ \t]*\[Service\][ \t]*$/m.exec(text?.replace(/\r/g, " ") ?? "");
  if (!section || text === undefined || (span && image.text.slice(span.start, span.end) !== text))
    return undefined;
  if (!span && source === undefined) return undefined;
  const name = path.slice(runPath.length + 1);
  const at = (span?.start ?? 0) + section.index + section[0].trimEnd().length;
  const edit: FileEdit = {
    uri: span || source === undefined ? uri : fileUri(source),
    span: { start: at, end: at },
    text: `\nRuntimeDirectory=${name}`,
  };
  return {
    title: say("runtime", { name, unit: unit.path.replace(/^.*\//, "") }),
    safe: false,
    edits: [edit],
  };
}
