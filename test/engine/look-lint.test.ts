import { join } from "node:path";
import { expect, test } from "vitest";
import { seenBase } from "../../server/src/core/boot/seen-base";
import { seenUri } from "../../server/src/core/image/base-images";
import { lintSeen } from "../../server/src/core/lint/lint-seen";
import { inFolder, never, type Setup, useEngine } from "./setup";

const setup = useEngine("docker@28/v2", ["systemd-test:252", "debian:12"]);

const boots = "FROM systemd-test:252\nSTOPSIGNAL SIGRTMIN+3\nENV container=docker\n";
/** Scripts by a heredoc, as the build context has only the Dockerfile. */
const script = (path: string, text: string) =>
  `RUN printf '%s\\n' '#!/bin/sh' '${text}' > ${path} && chmod +x ${path}\n`;

interface Case {
  /** The Dockerfile of an image that the table does not know. */
  readonly base: string;
  /** A Dockerfile on top of it, after FROM. */
  readonly child?: string;
  /** What lint reports with inspection, beside hints: rules with the severity and the grade. */
  readonly found: readonly string[];
}

const cases: Readonly<Record<string, Case>> = {
  "one that boots cleanly": { base: boots, found: [] },
  "without a stop signal": {
    base: "FROM systemd-test:252\nENV container=docker\n",
    found: ["image-stop-signal warning certain"],
  },
  "with the wrong stop signal": {
    base: `${boots}STOPSIGNAL SIGTERM\n`,
    found: ["image-stop-signal warning certain"],
  },
  "without the variable container": {
    base: "FROM systemd-test:252\nSTOPSIGNAL SIGRTMIN+3\n",
    found: ["image-container-env information certain"],
  },
  "that starts as a user": { base: `${boots}USER www-data\n`, found: ["image-user-not-root error certain"] },
  "an entry script that starts its arguments": {
    base: `FROM systemd-test:252\nENV container=docker\n${script("/entry", 'exec "$@"')}ENTRYPOINT ["/entry"]\nCMD ["/sbin/init"]\n`,
    found: ["image-stop-signal warning certain"],
  },
  "an entry script that starts another program": {
    base: `FROM systemd-test:252\n${script("/entry", "exec sleep infinity")}ENTRYPOINT ["/entry"]\nCMD ["/sbin/init"]\n`,
    found: [],
  },
  "a systemctl that does nothing": {
    base: `${boots}${script("/usr/local/bin/systemctl", "exit 0")}`,
    child: "RUN systemctl mask getty.target\n",
    found: ["image-systemctl-replaced warning undefined"],
  },
  "deleted wants": {
    base: `${boots}RUN rm -f /lib/systemd/system/multi-user.target.wants/*\n`,
    child: "RUN apt-get update && apt-get install -y openssh-server\n",
    found: ["image-nologin warning certain"],
  },
  "a volume over the cgroup tree": {
    base: `${boots}VOLUME /sys/fs/cgroup\n`,
    found: ["image-cgroup-volume warning certain"],
  },
  "no systemd": {
    base: "FROM debian:12\n",
    child: 'STOPSIGNAL SIGRTMIN+3\nENV container=docker\nCMD ["/sbin/init"]\n',
    found: ["image-systemd-missing error certain"],
  },
  "another init": {
    base: 'FROM debian:12\nRUN ln -s /bin/sleep /sbin/init\nENTRYPOINT ["/sbin/init"]\nCMD ["infinity"]\n',
    found: [],
  },
};

/** Builds an image on the engine, uses it and removes it. */
async function built<T>(
  { engine, docker }: Setup,
  dockerfile: string,
  use: (tag: string) => Promise<T>,
): Promise<T> {
  const tag = "test-look-lint:1";
  await inFolder({ Dockerfile: dockerfile }, (context) =>
    engine.build(
      { dockerfile: join(context, "Dockerfile"), context, tag },
      { print: () => undefined, signal: never },
    ),
  );
  try {
    return await use(tag);
  } finally {
    await docker.getImage(tag).remove({ force: true });
  }
}

function linted(text: string, seen: ReadonlyMap<string, string>) {
  const uri = "file:///p/Dockerfile";
  const read = (asked: string) => (asked === uri ? text : seen.get(asked));
  const snapshot = { read, runFiles: [] };
  return lintSeen({ uri, text, snapshot, settings: { rules: {}, target: undefined } }).findings;
}

// A child of a child: lint sees neither the Dockerfile of the base image nor a known name.
test.for(Object.entries(cases))("%s", async ([, { base, child = "", found }], context) => {
  const all = setup(context);
  await built(all, base, async (tag) => {
    const text = `FROM ${tag}\n${child}`;
    const { image } = await all.engine.look(tag, never);
    const facts = seenBase(image, tag);
    const seen = new Map([[seenUri(tag), JSON.stringify(facts)]]);
    const blind = linted(text, new Map());
    expect(blind.filter(({ grade }) => grade === "certain" || grade === "known")).toEqual([]);
    const findings = linted(text, seen).filter(({ severity }) => severity !== "hint");
    expect(findings.map(({ rule, severity, grade }) => `${rule} ${severity} ${grade}`)).toEqual(found);
    const images = findings.map(({ message }) => message.args.images);
    expect(images).toEqual(images.map(() => `${tag} (${image.id.slice(0, 19)})`));
  });
});
